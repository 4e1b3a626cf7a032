/** Contacts and blocks of users. */
@NullMarked
package dev.dunlin.message.contact;

import org.jspecify.annotations.NullMarked;
