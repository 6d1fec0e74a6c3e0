/** What is measured: loads on brokers that run side by side, and whole lives of brokers. */
package io.barnabas.bench.scenario;
