/* placeholder until the room's first module lands */ typedef int cli_placeholder;
