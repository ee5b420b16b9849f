/* placeholder until the room's first module lands */ typedef int standard_placeholder;
