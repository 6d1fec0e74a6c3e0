/** What clients ask about the cluster: brokers, topics, partitions; and topics that come into being by being asked for. */
package io.barnabas.requests.metadata;
