/* placeholder until the room's first module lands */ typedef int app_placeholder;
