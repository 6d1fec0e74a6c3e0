/** One handler class an API. */
package io.barnabas.requests;
