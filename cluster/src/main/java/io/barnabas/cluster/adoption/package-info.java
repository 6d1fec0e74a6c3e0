/** Topics that come with their files: written into a ZooKeeper that has not heard of them. */
package io.barnabas.cluster.adoption;
