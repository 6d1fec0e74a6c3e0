/** What a cluster without ZooKeeper (KRaft) wrote about itself, read so that its data can be taken over. */
package io.barnabas.log.kraft;
