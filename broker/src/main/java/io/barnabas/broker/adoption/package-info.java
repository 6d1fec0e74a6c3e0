/** Data that lie in the log directories and that ZooKeeper has not heard of: said, or taken over where they lie. */
package io.barnabas.broker.adoption;
