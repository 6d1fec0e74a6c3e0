/** Settings of topics and brokers as they are kept in ZooKeeper, and as this broker acts on them. */
package io.barnabas.cluster.configs;
