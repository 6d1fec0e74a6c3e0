/** The real ZooKeeper server, run in our process or alone. */
package io.barnabas.cluster.zookeeper;
