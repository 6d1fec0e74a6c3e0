/** Where brokers spend their processor time: recordings of the flight recorder, and flame graphs of them. */
package io.barnabas.bench.profile;
