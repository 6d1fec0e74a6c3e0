/** Producer ids and transactions as pure logic. */
package io.barnabas.txn;
