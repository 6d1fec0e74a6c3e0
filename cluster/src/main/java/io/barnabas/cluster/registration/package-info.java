/** A broker's place in the cluster: the base nodes, the cluster's id, its own id and registration. */
package io.barnabas.cluster.registration;
