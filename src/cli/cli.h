/* cli.h — what people type at a terminal. */
#pragma once

/* Runs one command line.  Returns the exit code: 0 all well, 1 the answer is "not met" or "no
 * data", 2 put wrongly, 3 bad input, 4 the environment failed. */
int cli_main(int argc, char **argv);
