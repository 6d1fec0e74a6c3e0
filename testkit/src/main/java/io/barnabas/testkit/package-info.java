/** Seeds, simulated time, simulated disk: what tests stand on. */
package io.barnabas.testkit;
