/* placeholder until the room's first module lands */ typedef int sample_placeholder;
