/// The few loops that dominate a profile, compiled once per instruction set and chosen at start-up.
#pragma once
