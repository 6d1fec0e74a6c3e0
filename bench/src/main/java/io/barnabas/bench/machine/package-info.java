/** What this machine can do at most, as seen from Java: what figures of brokers are to be held against. */
package io.barnabas.bench.machine;
