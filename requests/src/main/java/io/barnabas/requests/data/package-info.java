/** The data path: records in, records out, and questions about offsets. */
package io.barnabas.requests.data;
