/** The APIs about producer ids and transactions. */
package io.barnabas.requests.txn;
