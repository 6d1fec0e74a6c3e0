/** Programs that use a Kafka client as applications do; each prints a line a promise and exits with 1 where one is broken. */
package io.barnabas.scenario;
