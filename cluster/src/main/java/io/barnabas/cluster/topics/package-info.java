/** Making, widening and deleting topics, as a broker does for its clients. */
package io.barnabas.cluster.topics;
