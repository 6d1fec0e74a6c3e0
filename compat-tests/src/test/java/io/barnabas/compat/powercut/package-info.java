/** Power cuts with real file systems: needs root and loop devices, hence no part of the usual tests. */
package io.barnabas.compat.powercut;
