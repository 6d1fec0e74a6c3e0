/** What a partition remembers of its idempotent and transactional producers, and the snapshots of it. */
package io.barnabas.log.producer;
