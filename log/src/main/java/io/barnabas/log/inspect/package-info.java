/** Log directories looked at from outside, without a broker: printed, checked, measured, and repaired where asked to. */
package io.barnabas.log.inspect;
