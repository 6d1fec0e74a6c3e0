/** Measures Barnabas beside Apache Kafka: same machine, same stock clients, runs that take turns. */
package io.barnabas.bench;
