/** The brokers that are measured: how they are started and stopped, and what the operating system says of them. */
package io.barnabas.bench.broker;
