/* placeholder until the room's first module lands */ typedef int report_placeholder;
