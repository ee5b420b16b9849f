/* placeholder until the room's first module lands */ typedef int indicator_placeholder;
