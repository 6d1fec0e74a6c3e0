/** What consumers of the first releases keep in ZooKeeper. */
package io.barnabas.cluster.consumers;
