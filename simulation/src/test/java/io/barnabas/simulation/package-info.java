/** Whole brokers in one thread: network, disk, clients and time are simulated, everything else is what runs in production. */
package io.barnabas.simulation;
