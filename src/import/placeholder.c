/* placeholder until the room's first module lands */ typedef int import_placeholder;
