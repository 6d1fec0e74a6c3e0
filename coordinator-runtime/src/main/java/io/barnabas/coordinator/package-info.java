/** Hosts replicated state machines on log partitions. */
package io.barnabas.coordinator;
