#include "freshet_kernels.h"
