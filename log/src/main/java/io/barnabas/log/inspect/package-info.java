/** Log directories looked at from outside, without a broker: printed, checked, measured. Nothing here writes. */
package io.barnabas.log.inspect;
