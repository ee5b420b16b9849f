#include "cli/cli.h"
#include "intake/handover.h"

#include <string.h>

int main(int argc, char **argv)
{
    /* A server has started us to read what it must not: no command that people type. */
    if (argc == 2 && strcmp(argv[1], HANDOVER_VERB) == 0)
        handover_work();
    return cli_main(argc, argv);
}
