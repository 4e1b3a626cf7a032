/** Users who know each other, and users who do not want to. */
@NullMarked
package dev.dunlin.message.contact;

import org.jspecify.annotations.NullMarked;
