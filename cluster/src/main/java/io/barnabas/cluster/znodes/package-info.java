/** Where Kafka keeps what in ZooKeeper, and how each node's text reads. Pure: text in, records out, and back. */
package io.barnabas.cluster.znodes;
