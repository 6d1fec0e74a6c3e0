/** A partition as a replica: leader, followers, waiting acknowledgements and fetches. */
package io.barnabas.replication;
