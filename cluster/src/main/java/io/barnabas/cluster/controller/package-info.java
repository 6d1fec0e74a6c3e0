/**
 * The controller of a cluster: elected in ZooKeeper, it decides who leads each partition, makes and removes what
 * topics need, and tells the brokers. Everything here is confined to one mailbox.
 */
package io.barnabas.cluster.controller;
