/**
 * The port to ZooKeeper, and its real side. Nothing outside this package knows Curator's or ZooKeeper's client classes.
 */
package io.barnabas.cluster.store;
