/** What the shipped programs consist of, compared with the versions that are known to be bad. */
@NullMarked
package dev.dunlin.scenarios.supply;

import org.jspecify.annotations.NullMarked;
