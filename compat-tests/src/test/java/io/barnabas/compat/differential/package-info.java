/** The same requests to an Apache Kafka and to us, in every version, and the answers compared field by field. */
package io.barnabas.compat.differential;
