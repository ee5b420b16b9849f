/* placeholder until the room's first module lands */ typedef int intake_placeholder;
