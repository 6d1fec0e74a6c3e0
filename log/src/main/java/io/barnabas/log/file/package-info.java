/** Files as a log uses them: what they are called, written as a whole, copied, made durable. Knows nothing of logs. */
package io.barnabas.log.file;
