#include <spawn.h>

/// Declared by glibc for those who ask for GNU's extensions, which Swift's view of it does not.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
