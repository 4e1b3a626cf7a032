/** What users want to be notified of, on all of their devices. */
@NullMarked
package dev.dunlin.push.preference;

import org.jspecify.annotations.NullMarked;
