/** Preferences over REST. */
@NullMarked
package dev.dunlin.push.preference.http;

import org.jspecify.annotations.NullMarked;
