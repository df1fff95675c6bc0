// Generated from docs/openapi.json by `npm run generate`. Do not edit.
export interface paths {
    "/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase everything about an e-mail address; again, it finds nothing. Not for tokens narrowed to topics.
         * @description Needs the scope `privacy:erase`. One erasure or subject export runs in a process at a time, and 20 wait for their turn; one more gets 503 with `Retry-After`.
         */
        post: operations["erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/form-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a token for one form, when it is shown.
         * @description A form sends it in the field `_token`: it says when the form was shown, and a second click with it stores nothing more. A client that solves the challenge and sends the proof in the field `altcha` may submit beyond the rate limit. Without FORM_TOKEN_KEYS there are no tokens, and by PROOF_OF_WORK=off no challenges.
         */
        get: operations["getFormToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read inquiries, newest first unless told, a page at a time.
         * @description Needs the scope `inquiries:read`.
         */
        get: operations["listInquiries"];
        put?: never;
        /**
         * Submit an inquiry; 201 means that it is stored.
         * @description A form may have fields of its own: they go into `metadata`, a name that is repeated or ends with `[]` as a list. Those of buttons, captchas and trackers, and names that begin with `_`, are left out. A file is refused by the name of its field.
         */
        post: operations["submitInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change many inquiries, each on its own, whatever their version.
         * @description Needs the scope `inquiries:triage`.
         */
        patch: operations["patchInquiries"];
        trace?: never;
    };
    "/inquiries/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what has changed since a list or an earlier answer, in commit order; nothing is ever skipped.
         * @description Needs the scope `inquiries:read`.
         */
        get: operations["listInquiryChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count inquiries, in all and by status, up to a bound.
         * @description Needs the scope `inquiries:read`.
         */
        get: operations["countInquiries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All matching inquiries as CSV; text that a spreadsheet could run begins with an apostrophe.
         * @description Needs the scope `inquiries:export`. At most two exports run in a process at a time; a third gets 503 with `Retry-After`.
         */
        get: operations["exportInquiries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what the spam guards have quarantined, by reason, and what of it was released since.
         * @description Needs the scope `inquiries:read`. Of all that match the newest 100000 are looked at.
         */
        get: operations["countQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one inquiry.
         * @description Needs the scope `inquiries:read`.
         */
        get: operations["getInquiry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change status, assignee or topic of an inquiry as it was read.
         * @description Needs the scope `inquiries:triage`.
         */
        patch: operations["patchInquiry"];
        trace?: never;
    };
    "/inquiries/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was changed and noted: who, what, from, to, when.
         * @description Needs the scope `inquiries:read`.
         */
        get: operations["listInquiryActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inquiries/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note something about an inquiry; notes are never changed.
         * @description Needs the scope `inquiries:triage`.
         */
        post: operations["addInquiryNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? Asks nothing of any dependency. */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{locale}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what visitors are shown, in one language.
         * @description There are en, de, fr, es, it, nl, pl, pt, cs, ru, ar. Caches may keep the answer for five minutes.
         */
        get: operations["getMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** May this replica get traffic? PostgreSQL and its schema decide. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subject-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read everything held about an e-mail address. Not for tokens narrowed to topics.
         * @description Needs the scope `privacy:export`. One erasure or subject export runs in a process at a time, and 20 wait for their turn; one more gets 503 with `Retry-After`.
         */
        post: operations["exportSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read subscriptions, newest first unless told, a page at a time.
         * @description Needs the scope `subscriptions:read`.
         */
        get: operations["listSubscriptions"];
        put?: never;
        /** Put an address on a list; the answer never tells whether it was there. */
        post: operations["subscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page behind the link to confirm a subscription, which posts the token of the URL behind `#`.
         * @description Changes nothing, since mail programs and scanners open each link.
         */
        get: operations["showConfirmation"];
        put?: never;
        /** Confirm a subscription by the token that its owner has got by mail; again, it changes nothing. */
        post: operations["confirmSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count subscriptions, in all and by status, up to a bound.
         * @description Needs the scope `subscriptions:read`.
         */
        get: operations["countSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All matching subscriptions as CSV; text that a spreadsheet could run begins with an apostrophe.
         * @description Needs the scope `subscriptions:export`. At most two exports run in a process at a time; a third gets 503 with `Retry-After`.
         */
        get: operations["exportSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read to whom mail is sent, newest first unless told, a page at a time, with the tokens of its links.
         * @description Needs the scope `subscriptions:mail`.
         */
        get: operations["listRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the subscriptions of an e-mail address, newest first, at most 100.
         * @description Needs the scope `subscriptions:read`.
         */
        post: operations["searchSubscriptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page behind the link to unsubscribe, which posts the token of the query or of the URL behind `#`.
         * @description Changes nothing, since mail programs and scanners open each link.
         */
        get: operations["showUnsubscription"];
        put?: never;
        /**
         * End a subscription by the token of its mails, in one click of a mail program (RFC 8058) too.
         * @description The token is in the body or, as RFC 8058 needs it, in the query. Again, or when it is gone, it changes nothing.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one subscription, with the evidence of consent.
         * @description Needs the scope `subscriptions:read`.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * End a subscription, or confirm a pending one with a reason; joining again takes new consent.
         * @description Needs the scope `subscriptions:write`.
         */
        patch: operations["patchSubscription"];
        trace?: never;
    };
    "/subscriptions/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the history of a subscription's consent, newest first, at most 100 entries.
         * @description Needs the scope `subscriptions:read`.
         */
        get: operations["listConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the topics that an inquiry may have, in the order of INQUIRY_TOPICS.
         * @description Caches may keep the answer for five minutes.
         */
        get: operations["listTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Activity
         * @example {
         *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
         *       "kind": "status",
         *       "actor": "grace",
         *       "from": "new",
         *       "to": "in_progress",
         *       "note": null,
         *       "createdAt": "2026-11-23T09:30:00.000Z"
         *     }
         */
        Activity: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "status" | "assignee" | "topic" | "note";
            actor: string;
            from: string | null;
            to: string | null;
            note: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** BulkResult */
        BulkResult: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            outcome: "updated" | "unchanged" | "not-found" | "conflict";
            /** @description With `conflict`: the statuses that this inquiry can have next. */
            allowed?: ("new" | "in_progress" | "resolved" | "spam")[];
        };
        /**
         * BulkResults
         * @example {
         *       "results": [
         *         {
         *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
         *           "outcome": "updated"
         *         },
         *         {
         *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9f",
         *           "outcome": "conflict",
         *           "allowed": [
         *             "in_progress"
         *           ]
         *         }
         *       ]
         *     }
         */
        BulkResults: {
            results: components["schemas"]["BulkResult"][];
        };
        /** Changes */
        Changes: {
            data: ({
                /** @enum {string} */
                kind: "inquiry";
                /** @description Stored since `after`, and not only changed. */
                isNew: boolean;
                /** Inquiry */
                inquiry: {
                    /** Format: uuid */
                    id: string;
                    /** @example sales */
                    topic: string;
                    /** @example Ada Lovelace */
                    name: string;
                    /** @example ada@example.org */
                    email: string;
                    phone: string | null;
                    company: string | null;
                    subject: string | null;
                    /** @example What would ten of them cost? */
                    message: string;
                    locale: string | null;
                    sourceUrl: string | null;
                    metadata: {
                        [key: string]: string | number | boolean | string[];
                    } | null;
                    privacyNoticeVersion: string | null;
                    /** @enum {string} */
                    status: "new" | "in_progress" | "resolved" | "spam";
                    assignee: string | null;
                    spamReasons: string[];
                    version: number;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: date-time */
                    updatedAt: string;
                };
            } | {
                /** @enum {string} */
                kind: "gone";
                /** Format: uuid */
                id: string;
            })[];
            /**
             * @description `after` of the next request.
             * @example kq1yJ0mB3vT8cZ4e-7uHsxW2nLdQpRf6aGVoYtEi_5jXbSMwzU9KCNhPDgrOAFIl0k2Jq8y3Tn6Hc4Wv7ZsBeaQ8rTd
             */
            feed: string;
            /** @description There is more to read now. */
            hasMore: boolean;
        };
        ConfirmSubscriptionBody: {
            /**
             * @description As the link of the mail has it.
             * @example Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg
             */
            token: string;
        };
        /** Confirmation */
        Confirmation: {
            /**
             * @description As the link of the mail has it.
             * @example Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg
             */
            token: string;
        };
        /** Confirmed */
        Confirmed: {
            /** @enum {string} */
            status: "active";
        };
        /** Consent */
        Consent: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            subscriptionId: string;
            /** @enum {string} */
            kind: "given" | "confirmed" | "withdrawn";
            /**
             * @description How: `request` by `POST /subscriptions`, which anybody can send; `link` by who reads the mail of the address; `one_click` by their mail program (RFC 8058); `back_office` by the entry's `actor`.
             * @enum {string}
             */
            method: "request" | "link" | "one_click" | "back_office";
            /**
             * @description Of the text that this is about.
             * @example 2026-11
             */
            consentVersion: string;
            /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
            consentTextSha256: string;
            /** @description `sub` of the token; null for what the person did. */
            actor: string | null;
            reason: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** ErasureCounts */
        ErasureCounts: {
            /** @description Inquiries from the address, removed with their idempotency records. */
            inquiries: number;
            /** @description Notes and changes of those inquiries, removed. */
            activities: number;
            /** @description Notes and other records of other people in which the address was replaced by a mark. */
            notesRedacted: number;
            /** @description Subscriptions of the address, removed with the evidence of consent. */
            subscriptions: number;
        };
        /** FormToken */
        FormToken: {
            /**
             * @description For the field `_token` of one submission.
             * @example AZx1q2w3e4r5t6y7u8i9o0p1a2s3d4f5g6h7j8k9l0ABCD
             */
            token: string;
            /**
             * @description What is sent sooner counts as a program’s.
             * @example 2
             */
            minAgeSeconds: number;
            /**
             * @description What is sent later counts as a page left open.
             * @example 86400
             */
            maxAgeSeconds: number;
            /** @description Of ALTCHA. The proof, as ALTCHA sends it, is for the field `altcha` beside this token. */
            challenge?: {
                parameters: {
                    /** @enum {string} */
                    algorithm: "PBKDF2/SHA-256";
                    /**
                     * @description Iterations of PBKDF2.
                     * @example 500
                     */
                    cost: number;
                    /**
                     * @description Seconds since 1970.
                     * @example 1795939200
                     */
                    expiresAt: number;
                    /** @enum {number} */
                    keyLength: 32;
                    /** @example 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f */
                    keyPrefix: string;
                    /** @example 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f */
                    keySignature: string;
                    /** @example 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f */
                    nonce: string;
                    /** @example 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f */
                    salt: string;
                };
                /** @example 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f */
                signature: string;
            };
        };
        /** HeldActivity */
        HeldActivity: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            inquiryId: string;
            kind: string;
            actor: string;
            from: string | null;
            to: string | null;
            note: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** Inquiry */
        Inquiry: {
            /** Format: uuid */
            id: string;
            /** @example sales */
            topic: string;
            /** @example Ada Lovelace */
            name: string;
            /** @example ada@example.org */
            email: string;
            phone: string | null;
            company: string | null;
            subject: string | null;
            /** @example What would ten of them cost? */
            message: string;
            locale: string | null;
            sourceUrl: string | null;
            metadata: {
                [key: string]: string | number | boolean | string[];
            } | null;
            privacyNoticeVersion: string | null;
            /** @enum {string} */
            status: "new" | "in_progress" | "resolved" | "spam";
            assignee: string | null;
            spamReasons: string[];
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * InquiryCount
         * @example {
         *       "count": 128,
         *       "byStatus": {
         *         "new": 3,
         *         "in_progress": 1,
         *         "resolved": 120,
         *         "spam": 4
         *       },
         *       "isExact": true
         *     }
         */
        InquiryCount: {
            /** @description The sum of `byStatus`. */
            count: number;
            byStatus: {
                new: number;
                in_progress: number;
                resolved: number;
                spam: number;
            };
            /** @description false: at least so many. Each status is counted up to 100000, one with fewer than that is counted exactly; with `q` all of them together are counted up to there. */
            isExact: boolean;
        };
        /**
         * InquiryPatch
         * @example {
         *       "status": "in_progress",
         *       "assignee": "grace"
         *     }
         */
        InquiryPatch: {
            /** @enum {string} */
            status?: "new" | "in_progress" | "resolved" | "spam";
            assignee?: string | null;
            /** @example sales */
            topic?: string;
        };
        /** InquiryReceipt */
        InquiryReceipt: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            receivedAt: string;
        };
        /** InquirySubmission */
        InquirySubmission: {
            /**
             * @description One that `GET /topics` lists. Of a form any other is kept as `metadata.requestedTopic`, and the inquiry has the default topic, unless UNKNOWN_TOPIC says else.
             * @example sales
             */
            topic: string;
            /** @example Ada Lovelace */
            name: string;
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
            phone?: string;
            company?: string;
            subject?: string;
            /** @example What would ten of them cost? */
            message: string;
            /** @description A BCP 47 language tag; `_` is read as `-`, and what cannot be read is left out. */
            locale?: string;
            /** @example https://www.example.org/contact */
            sourceUrl?: string;
            /** @description Of the visit, such as utm_source, and answers to questions of your own: text of up to 1000 characters and several lines, numbers, booleans and lists of texts; at most 4 KB as JSON. */
            metadata?: {
                [key: string]: string | number | boolean | string[];
            };
            privacyNoticeVersion?: string;
        };
        Live200: {
            /** @enum {string} */
            status: "live";
        };
        /** Messages */
        Messages: {
            /**
             * @description The language of these messages.
             * @example de
             */
            locale: string;
            /**
             * @description The languages that there are.
             * @example [
             *       "en",
             *       "de"
             *     ]
             */
            locales: string[];
            /** @enum {string} */
            direction: "ltr" | "rtl";
            /** @description Once an inquiry is stored. */
            stored: {
                heading: string;
                text: string;
            };
            /** @description Once a subscription is accepted; `toConfirm` with DOUBLE_OPT_IN. */
            subscription: {
                received: {
                    heading: string;
                    text: string;
                };
                toConfirm: {
                    heading: string;
                    text: string;
                };
            };
            /** @description Stands before an id that the visitor may quote. */
            reference: string;
            /** @description By the last part of the `type` of a problem. */
            problems: {
                "malformed-request": string;
                "malformed-body": string;
                "invalid-parameter": string;
                unauthorized: string;
                forbidden: string;
                "not-found": string;
                "method-not-allowed": string;
                conflict: string;
                "feed-expired": string;
                "precondition-failed": string;
                "request-timeout": string;
                "body-too-large": string;
                "uri-too-long": string;
                "unsupported-media-type": string;
                "invalid-body": string;
                "precondition-required": string;
                "too-many-requests": string;
                "headers-too-large": string;
                "internal-error": string;
                unavailable: string;
            };
            /** @description By the `code` of an error; `{field}` stands for the name of its field, `{max}` for its `max`. */
            errors: {
                required: string;
                type: string;
                too_small: string;
                too_big: string;
                not_allowed: string;
                format: string;
                unknown: string;
                repeated: string;
                file: string;
                empty: string;
                key: string;
                control_character: string;
                malformed_unicode: string;
                combining_marks: string;
                unknown_topic: string;
                illegal_transition: string;
                other_filter: string;
            };
            /** @description In place of `errors.format`, of an e-mail address. */
            emailFormat: string;
            /** @description By the name of a field; `metadata` is all of it together. */
            fields: {
                topic: string;
                name: string;
                email: string;
                phone: string;
                company: string;
                subject: string;
                message: string;
                consentVersion: string;
                metadata: string;
            };
        };
        /** NewNote */
        NewNote: {
            /** @example Called back; wants an offer by Friday. */
            note: string;
        };
        Openapi200: {
            /** @example 3.0.3 */
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @description The request id; it is in the log too. */
            instance: string;
            errors?: {
                pointer?: string;
                parameter?: string;
                /**
                 * @description `required`: is missing. `type`: has another JSON type. `too_small`: is shorter, fewer or less than `min`. `too_big`: is longer, more or greater than `max`. `not_allowed`: is none of the values that are allowed. `format`: has another format. `unknown`: is not known here. `repeated`: is there more than once. `file`: is a file, which cannot be sent. `empty`: names nothing to change. `key`: has a key that is not allowed. `control_character`: has a control character. `malformed_unicode`: is not well-formed Unicode. `combining_marks`: has too many combining marks in a row. `unknown_topic`: is none of INQUIRY_TOPICS, or none that the token opens. `illegal_transition`: cannot follow the present status. `other_filter`: belongs to another filter.
                 * @enum {string}
                 */
                code: "required" | "type" | "too_small" | "too_big" | "not_allowed" | "format" | "unknown" | "repeated" | "file" | "empty" | "key" | "control_character" | "malformed_unicode" | "combining_marks" | "unknown_topic" | "illegal_transition" | "other_filter";
                /** @description With `too_small`: the least characters, items or value. */
                min?: number;
                /** @description With `too_big`: the most characters, items or value. */
                max?: number;
                /** @description What is wrong, in English: it continues a sentence that begins with the field. */
                detail: string;
            }[];
        };
        /**
         * QuarantineCount
         * @example {
         *       "quarantined": 40,
         *       "released": 1,
         *       "byReason": [
         *         {
         *           "reason": "honeypot",
         *           "quarantined": 40,
         *           "released": 1
         *         }
         *       ],
         *       "isExact": true
         *     }
         */
        QuarantineCount: {
            /** @description Those that guards have stored as spam, released or not. */
            quarantined: number;
            /** @description Those of them that are no spam any more. */
            released: number;
            /** @description An inquiry with several reasons counts for each of them. The most frequent reason is first. */
            byReason: {
                reason: string;
                /** @description Those that guards have stored as spam, released or not. */
                quarantined: number;
                /** @description Those of them that are no spam any more. */
                released: number;
            }[];
            /** @description false: at least so many. Each status is counted up to 100000, one with fewer than that is counted exactly; with `q` all of them together are counted up to there. */
            isExact: boolean;
        };
        /** Quote */
        Quote: {
            /** @enum {string} */
            resource: "inquiry" | "activity" | "subscription" | "consent" | "audit";
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            inquiryId: string | null;
            field: string;
            text: string;
            /** Format: date-time */
            createdAt: string;
        };
        /** Readiness */
        Readiness: {
            /** @enum {string} */
            status: "ready" | "not-ready";
            draining: boolean;
            /** @enum {string} */
            postgres: "up" | "down" | "wrong-schema";
            /**
             * @description Reported only: Redis never decides readiness.
             * @enum {string}
             */
            redis: "up" | "degraded";
        };
        /** Recipient */
        Recipient: {
            /** Format: uuid */
            id: string;
            /** @example ada@example.org */
            email: string;
            /** @example newsletter */
            list: string;
            locale: string | null;
            /** @enum {string} */
            status: "active" | "pending";
            /**
             * Format: date-time
             * @description Of the request: each request of a subscription is confirmed by itself.
             */
            consentedAt: string;
            /** @description For `POST /subscriptions/confirm`; null but for 7 days of what is pending. */
            confirmToken: string | null;
            /** @description For `POST /subscriptions/unsubscribe`, at any time; null without SUBSCRIPTION_TOKEN_KEYS. */
            unsubscribeToken: string | null;
        };
        /** SubjectExport */
        SubjectExport: {
            /** Format: date-time */
            exportedAt: string;
            /** @description False when a list has more than 1000 entries; only the oldest are here then. */
            complete: boolean;
            inquiries: components["schemas"]["Inquiry"][];
            activity: components["schemas"]["HeldActivity"][];
            subscriptions: components["schemas"]["Subscription"][];
            /** @description The history of consent of these subscriptions. */
            consents: components["schemas"]["Consent"][];
            /** @description Texts of other people's records that quote the address: read them before you pass them on. */
            quotes: components["schemas"]["Quote"][];
        };
        /** SubjectRequest */
        SubjectRequest: {
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
        };
        SubmitInquiryBody: {
            /**
             * @description One that `GET /topics` lists. Of a form any other is kept as `metadata.requestedTopic`, and the inquiry has the default topic, unless UNKNOWN_TOPIC says else.
             * @example sales
             */
            topic: string;
            /** @example Ada Lovelace */
            name: string;
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
            phone?: string;
            company?: string;
            subject?: string;
            /** @example What would ten of them cost? */
            message: string;
            /** @description A BCP 47 language tag; `_` is read as `-`, and what cannot be read is left out. */
            locale?: string;
            /** @example https://www.example.org/contact */
            sourceUrl?: string;
            /** @description Of the visit, such as utm_source, and answers to questions of your own: text of up to 1000 characters and several lines, numbers, booleans and lists of texts; at most 4 KB as JSON. */
            metadata?: {
                [key: string]: string | number | boolean | string[];
            };
            privacyNoticeVersion?: string;
            /**
             * @description The language of the page that answers (BCP 47), before `Accept-Language`.
             * @example de
             */
            lang?: string;
            /** @description Where to go after a form post: an absolute URL of an allowed origin, without credentials, of at most 2048 characters. Any other is as if left out, and logged. */
            _next?: string;
        } & {
            [key: string]: unknown;
        };
        SubscribeBody: {
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
            /**
             * @description The list to join; a slug. Left out: the first of SUBSCRIPTION_LISTS, or `newsletter`.
             * @example newsletter
             */
            list?: string;
            /** @description A BCP 47 language tag; `_` is read as `-`, and what cannot be read is left out. */
            locale?: string;
            /**
             * @description Version of the consent text the visitor saw.
             * @example 2026-11
             */
            consentVersion: string;
            /**
             * @description SHA-256, in hexadecimal, of the consent text as shown. It may be left out where CONSENT_TEXTS has the version, and is needed where it has not.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            consentTextSha256?: string;
            /** @example https://www.example.org/contact */
            sourceUrl?: string;
            /**
             * @description The language of the page that answers (BCP 47), before `Accept-Language`.
             * @example de
             */
            lang?: string;
            /** @description Where to go after a form post: an absolute URL of an allowed origin, without credentials, of at most 2048 characters. Any other is as if left out, and logged. */
            _next?: string;
        };
        /** Subscription */
        Subscription: {
            /** Format: uuid */
            id: string;
            /** @example ada@example.org */
            email: string;
            /** @example newsletter */
            list: string;
            locale: string | null;
            /** @enum {string} */
            status: "active" | "pending" | "unsubscribed";
            /** @example 2026-11 */
            consentVersion: string;
            /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
            consentTextSha256: string;
            /** Format: date-time */
            consentedAt: string;
            sourceUrl: string | null;
            /** Format: date-time */
            unsubscribedAt: string | null;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * SubscriptionCount
         * @example {
         *       "count": 128,
         *       "byStatus": {
         *         "active": 120,
         *         "pending": 3,
         *         "unsubscribed": 5
         *       },
         *       "isExact": true
         *     }
         */
        SubscriptionCount: {
            /** @description The sum of `byStatus`. */
            count: number;
            byStatus: {
                active: number;
                pending: number;
                unsubscribed: number;
            };
            /** @description false: at least so many. Each status is counted up to 100000, one with fewer than that is counted exactly; with `q` all of them together are counted up to there. */
            isExact: boolean;
        };
        /**
         * SubscriptionPatch
         * @example {
         *       "status": "unsubscribed"
         *     }
         */
        SubscriptionPatch: {
            /** @enum {string} */
            status: "active" | "unsubscribed";
            /** @description Why, for the history of consent. `active` needs it: how it is known that the person wants this. */
            reason?: string;
        };
        /** SubscriptionReceipt */
        SubscriptionReceipt: {
            /** @enum {string} */
            status: "accepted";
        };
        /** SubscriptionRequest */
        SubscriptionRequest: {
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
            /**
             * @description The list to join; a slug. Left out: the first of SUBSCRIPTION_LISTS, or `newsletter`.
             * @example newsletter
             */
            list?: string;
            /** @description A BCP 47 language tag; `_` is read as `-`, and what cannot be read is left out. */
            locale?: string;
            /**
             * @description Version of the consent text the visitor saw.
             * @example 2026-11
             */
            consentVersion: string;
            /**
             * @description SHA-256, in hexadecimal, of the consent text as shown. It may be left out where CONSENT_TEXTS has the version, and is needed where it has not.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            consentTextSha256?: string;
            /** @example https://www.example.org/contact */
            sourceUrl?: string;
        };
        /** SubscriptionSearch */
        SubscriptionSearch: {
            /**
             * Format: email
             * @example ada@example.org
             */
            email: string;
        };
        /** Topics */
        Topics: {
            /**
             * @example [
             *       "general",
             *       "sales"
             *     ]
             */
            topics: string[];
            /**
             * @description Of a form whose topic is none of them (UNKNOWN_TOPIC).
             * @example general
             */
            defaultTopic: string;
        };
        UnsubscribeBody: {
            /**
             * @description As the link of the mail has it.
             * @example Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg
             */
            token?: string;
            /** @enum {string} */
            "List-Unsubscribe"?: "One-Click";
        };
        /** Unsubscribed */
        Unsubscribed: {
            /** @enum {string} */
            status: "unsubscribed";
        };
        /** Unsubscription */
        Unsubscription: {
            /**
             * @description As the link of the mail has it.
             * @example Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg
             */
            token?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of the request, as sent when that is a UUID or 32 hexadecimal digits, or a new one; it is in the log too. */
        RequestId: string;
        /** @description The answer may hold personal data. */
        NoStore: "no-store";
        /** @description What is wrong with the token, and the scope that is needed (RFC 6750, 3). */
        Challenge: string;
        /** @description Seconds after which to try again. */
        RetryAfter: number;
        /** @description What is left, and in how many seconds it begins anew (draft-ietf-httpapi-ratelimit-headers). */
        RateLimit: string;
        /** @description How many submissions one client may send in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
        RateLimitPolicy: string;
        /** @description The media types that are supported. */
        Accept: string;
        /** @description The media types of patches that are supported (RFC 5789, 3.1). */
        AcceptPatch: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    erase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org"
                 *     }
                 */
                "application/json": components["schemas"]["SubjectRequest"];
            };
        };
        responses: {
            /** @description Erased; what was found. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inquiries": 1,
                     *       "activities": 1,
                     *       "notesRedacted": 1,
                     *       "subscriptions": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCounts"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFormToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new token. */
            200: {
                headers: {
                    /** @description Each form has its own. */
                    "Cache-Control": "no-store";
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "AZx1q2w3e4r5t6y7u8i9o0p1a2s3d4f5g6h7j8k9l0ABCD",
                     *       "minAgeSeconds": 2,
                     *       "maxAgeSeconds": 86400,
                     *       "challenge": {
                     *         "parameters": {
                     *           "algorithm": "PBKDF2/SHA-256",
                     *           "cost": 500,
                     *           "expiresAt": 1795939200,
                     *           "keyLength": 32,
                     *           "keyPrefix": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *           "keySignature": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *           "nonce": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
                     *           "salt": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
                     *         },
                     *         "signature": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["FormToken"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInquiries: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "new" | "in_progress" | "resolved" | "spam";
                /** @description Those of this topic, one of INQUIRY_TOPICS. */
                topic?: string;
                /** @description Those that this person works on, as triage named them. */
                assignee?: string;
                /** @description Words anywhere in the text, or a part of name, e-mail, company or subject; without accents and case. */
                q?: string;
                /** @description Those with these values of metadata, `metadata[budget]=1000`: the whole of a text, an item of a list, or a number, true or false as JSON writes it. At most 5. */
                metadata?: {
                    [key: string]: string;
                };
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description Rows of a page, at most 100; 25 unless told. */
                limit?: number;
                /** @description Where the page begins: copied from the `Link` of the page before; opaque. */
                cursor?: string;
                /** @description Count the matching rows into X-Total-Count; so does the header `X-Total: true`. */
                total?: "true" | "false";
                /** @description LoopBack filter as JSON: `where`, `order`, `limit`, `offset`; `filter[where][…]=…` works too. */
                filter?: string;
            };
            header?: {
                /** @description Count the matching rows into X-Total-Count; so does `total=true`. */
                "x-total"?: "true" | "false";
                /** @description The `ETag` of the page as it was read: when that is still the page, the answer is 304, without a body. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    /** @description How many match; only with `total=true` or `X-Total: true`. */
                    "X-Total-Count"?: number;
                    /** @description `false`: X-Total-Count is a lower bound, since a status has 100000 or more, or a search has. */
                    "X-Total-Count-Exact"?: "true" | "false";
                    /** @description From where `GET /inquiries/changes` tells what this page does not show yet. */
                    "Feed-Cursor": string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "topic": "sales",
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.org",
                     *         "phone": null,
                     *         "company": null,
                     *         "subject": null,
                     *         "message": "What would ten of them cost?",
                     *         "locale": null,
                     *         "sourceUrl": null,
                     *         "metadata": null,
                     *         "privacyNoticeVersion": null,
                     *         "status": "new",
                     *         "assignee": null,
                     *         "spamReasons": [
                     *           "text"
                     *         ],
                     *         "version": 1,
                     *         "createdAt": "2026-11-23T09:30:00.000Z",
                     *         "updatedAt": "2026-11-23T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Inquiry"][];
                };
            };
            /** @description The page is still the one of `If-None-Match`; the headers are new. */
            304: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    /** @description How many match; only with `total=true` or `X-Total: true`. */
                    "X-Total-Count"?: number;
                    /** @description `false`: X-Total-Count is a lower bound, since a status has 100000 or more, or a search has. */
                    "X-Total-Count-Exact"?: "true" | "false";
                    /** @description From where `GET /inquiries/changes` tells what this page does not show yet. */
                    "Feed-Cursor": string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitInquiry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text: within 7 days a repeat with the same key and body stores nothing and gets the same answer. With another body the same key is another submission. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "topic": "sales",
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.org",
                 *       "phone": "text",
                 *       "company": "text",
                 *       "subject": "text",
                 *       "message": "What would ten of them cost?",
                 *       "locale": "text",
                 *       "sourceUrl": "https://www.example.org/contact",
                 *       "metadata": {},
                 *       "privacyNoticeVersion": "text"
                 *     }
                 */
                "application/json": components["schemas"]["InquirySubmission"];
                /**
                 * @example {
                 *       "topic": "sales",
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.org",
                 *       "phone": "text",
                 *       "company": "text",
                 *       "subject": "text",
                 *       "message": "What would ten of them cost?",
                 *       "locale": "text",
                 *       "sourceUrl": "https://www.example.org/contact",
                 *       "metadata": {},
                 *       "privacyNoticeVersion": "text",
                 *       "lang": "de",
                 *       "_next": "text"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["SubmitInquiryBody"];
                /**
                 * @example {
                 *       "topic": "sales",
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.org",
                 *       "phone": "text",
                 *       "company": "text",
                 *       "subject": "text",
                 *       "message": "What would ten of them cost?",
                 *       "locale": "text",
                 *       "sourceUrl": "https://www.example.org/contact",
                 *       "metadata": {},
                 *       "privacyNoticeVersion": "text",
                 *       "lang": "de",
                 *       "_next": "text"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["SubmitInquiryBody"];
            };
        };
        responses: {
            /** @description Stored. Who has posted a form and prefers `text/html` reads so on a page. */
            201: {
                headers: {
                    /** @description Path of the inquiry. */
                    Location: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "receivedAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["InquiryReceipt"];
                };
            };
            /** @description Stored; a form post with `_next` goes there. */
            303: {
                headers: {
                    /** @description The URL of `_next`. */
                    Location: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchInquiries: {
        parameters: {
            query: {
                /** @description Up to 100 ids, separated by commas, each one once. */
                ids: string;
            };
            header?: {
                /** @description Only `*`: each is changed whatever its version. */
                "if-match"?: "*";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "in_progress",
                 *       "assignee": "grace"
                 *     }
                 */
                "application/json": components["schemas"]["InquiryPatch"];
                /**
                 * @example {
                 *       "status": "in_progress",
                 *       "assignee": "grace"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["InquiryPatch"];
            };
        };
        responses: {
            /** @description What became of each, in the order of the ids. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "outcome": "updated"
                     *         },
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9f",
                     *           "outcome": "conflict",
                     *           "allowed": [
                     *             "in_progress"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BulkResults"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    "Accept-Patch": components["headers"]["AcceptPatch"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInquiryChanges: {
        parameters: {
            query: {
                /** @description The `feed` of the answer before, or the `Feed-Cursor` of a list. */
                after: string;
                /** @description The same as in the request that gave `after`. */
                topic?: string;
                /** @description Changes in one answer, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next part of the feed. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "kind": "inquiry",
                     *           "isNew": true,
                     *           "inquiry": {
                     *             "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *             "topic": "sales",
                     *             "name": "Ada Lovelace",
                     *             "email": "ada@example.org",
                     *             "phone": null,
                     *             "company": null,
                     *             "subject": null,
                     *             "message": "What would ten of them cost?",
                     *             "locale": null,
                     *             "sourceUrl": null,
                     *             "metadata": null,
                     *             "privacyNoticeVersion": null,
                     *             "status": "new",
                     *             "assignee": null,
                     *             "spamReasons": [
                     *               "text"
                     *             ],
                     *             "version": 1,
                     *             "createdAt": "2026-11-23T09:30:00.000Z",
                     *             "updatedAt": "2026-11-23T09:30:00.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "feed": "kq1yJ0mB3vT8cZ4e-7uHsxW2nLdQpRf6aGVoYtEi_5jXbSMwzU9KCNhPDgrOAFIl0k2Jq8y3Tn6Hc4Wv7ZsBeaQ8rTd",
                     *       "hasMore": true
                     *     }
                     */
                    "application/json": components["schemas"]["Changes"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The feed cannot be followed from there (`/problems/feed-expired`). */
            410: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countInquiries: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "new" | "in_progress" | "resolved" | "spam";
                /** @description Those of this topic, one of INQUIRY_TOPICS. */
                topic?: string;
                /** @description Those that this person works on, as triage named them. */
                assignee?: string;
                /** @description Words anywhere in the text, or a part of name, e-mail, company or subject; without accents and case. */
                q?: string;
                /** @description Those with these values of metadata, `metadata[budget]=1000`: the whole of a text, an item of a list, or a number, true or false as JSON writes it. At most 5. */
                metadata?: {
                    [key: string]: string;
                };
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description LoopBack where as JSON; `where[status]=new` works too. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 128,
                     *       "byStatus": {
                     *         "new": 3,
                     *         "in_progress": 1,
                     *         "resolved": 120,
                     *         "spam": 4
                     *       },
                     *       "isExact": true
                     *     }
                     */
                    "application/json": components["schemas"]["InquiryCount"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportInquiries: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "new" | "in_progress" | "resolved" | "spam";
                /** @description Those of this topic, one of INQUIRY_TOPICS. */
                topic?: string;
                /** @description Those that this person works on, as triage named them. */
                assignee?: string;
                /** @description Words anywhere in the text, or a part of name, e-mail, company or subject; without accents and case. */
                q?: string;
                /** @description Those with these values of metadata, `metadata[budget]=1000`: the whole of a text, an item of a list, or a number, true or false as JSON writes it. At most 5. */
                metadata?: {
                    [key: string]: string;
                };
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description LoopBack where as JSON; `where[status]=new` works too. */
                where?: string;
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description What stands between two cells. Excel reads the one of its country: `;` where the comma is decimal. */
                separator?: "comma" | "semicolon" | "tab";
                /** @description Begin with a line such as `sep=;`, by which Excel takes the separator, whatever its country. */
                sep?: "true" | "false";
                /** @description Begin with a byte order mark, by which Excel knows that it is UTF-8. */
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header line with the fields of one item, then one line for each, as it was when the export began. */
            200: {
                headers: {
                    /** @description A file name with the date. */
                    "Content-Disposition": string;
                    /** @description How many rows follow the header line; fewer means that the export broke off. HEAD answers the number alone. */
                    "X-Total-Count": number;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id,topic,name,email,phone,company,subject,message,locale,sourceUrl,metadata,privacyNoticeVersion,status,assignee,spamReasons,version,createdAt,updatedAt
                     *     0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,sales,Ada Lovelace,ada@example.org,,,,What would ten of them cost?,en-GB,,,,new,,[],1,2026-11-23T09:30:00.000Z,2026-11-23T09:30:00.000Z
                     */
                    "text/csv": string;
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countQuarantine: {
        parameters: {
            query?: {
                /** @description Those of this topic, one of INQUIRY_TOPICS. */
                topic?: string;
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "quarantined": 40,
                     *       "released": 1,
                     *       "byReason": [
                     *         {
                     *           "reason": "honeypot",
                     *           "quarantined": 40,
                     *           "released": 1
                     *         }
                     *       ],
                     *       "isExact": true
                     *     }
                     */
                    "application/json": components["schemas"]["QuarantineCount"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInquiry: {
        parameters: {
            query?: {
                /** @description Tolerated when it is `{}`, as clients of LoopBack send it. */
                filter?: string;
            };
            header?: never;
            path: {
                /** @description The id of the inquiry. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The inquiry. */
            200: {
                headers: {
                    /** @description The version, a strong tag: for If-Match. */
                    ETag: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "topic": "sales",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.org",
                     *       "phone": null,
                     *       "company": null,
                     *       "subject": null,
                     *       "message": "What would ten of them cost?",
                     *       "locale": null,
                     *       "sourceUrl": null,
                     *       "metadata": null,
                     *       "privacyNoticeVersion": null,
                     *       "status": "new",
                     *       "assignee": null,
                     *       "spamReasons": [
                     *         "text"
                     *       ],
                     *       "version": 1,
                     *       "createdAt": "2026-11-23T09:30:00.000Z",
                     *       "updatedAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchInquiry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag as it was read; without it the answer is 428. `*` takes any version. */
                "if-match"?: string;
            };
            path: {
                /** @description The id of the inquiry. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "in_progress",
                 *       "assignee": "grace"
                 *     }
                 */
                "application/json": components["schemas"]["InquiryPatch"];
                /**
                 * @example {
                 *       "status": "in_progress",
                 *       "assignee": "grace"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["InquiryPatch"];
            };
        };
        responses: {
            /** @description The inquiry as it is now; with the same version when the patch changes nothing. */
            200: {
                headers: {
                    /** @description The version, a strong tag: for If-Match. */
                    ETag: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "topic": "sales",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.org",
                     *       "phone": null,
                     *       "company": null,
                     *       "subject": null,
                     *       "message": "What would ten of them cost?",
                     *       "locale": null,
                     *       "sourceUrl": null,
                     *       "metadata": null,
                     *       "privacyNoticeVersion": null,
                     *       "status": "new",
                     *       "assignee": null,
                     *       "spamReasons": [
                     *         "text"
                     *       ],
                     *       "version": 1,
                     *       "createdAt": "2026-11-23T09:30:00.000Z",
                     *       "updatedAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The change conflicts with the present state (`/problems/conflict`). */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since it was read (`/problems/precondition-failed`). */
            412: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    "Accept-Patch": components["headers"]["AcceptPatch"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A precondition is needed (`/problems/precondition-required`). */
            428: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInquiryActivity: {
        parameters: {
            query?: {
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description Rows of a page, at most 100; 25 unless told. */
                limit?: number;
                /** @description Where the page begins: copied from the `Link` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the inquiry. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "kind": "status",
                     *         "actor": "grace",
                     *         "from": "new",
                     *         "to": "in_progress",
                     *         "note": null,
                     *         "createdAt": "2026-11-23T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Activity"][];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addInquiryNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the inquiry. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "Called back; wants an offer by Friday."
                 *     }
                 */
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Noted: the entry of the activity log. */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "kind": "status",
                     *       "actor": "grace",
                     *       "from": "new",
                     *       "to": "in_progress",
                     *       "note": null,
                     *       "createdAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Activity"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Live200"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the page as it was read: when that is still the page, the answer is 304, without a body. */
                "if-none-match"?: string;
            };
            path: {
                /** @description A language tag (BCP 47): `de-AT` reads `de`, and a language that is not there reads `en`. */
                locale: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages. */
            200: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The language of the messages. */
                    "Content-Language": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "locale": "de",
                     *       "locales": [
                     *         "en",
                     *         "de"
                     *       ],
                     *       "direction": "ltr",
                     *       "stored": {
                     *         "heading": "text",
                     *         "text": "text"
                     *       },
                     *       "subscription": {
                     *         "received": {
                     *           "heading": "text",
                     *           "text": "text"
                     *         },
                     *         "toConfirm": {
                     *           "heading": "text",
                     *           "text": "text"
                     *         }
                     *       },
                     *       "reference": "text",
                     *       "problems": {
                     *         "malformed-request": "text",
                     *         "malformed-body": "text",
                     *         "invalid-parameter": "text",
                     *         "unauthorized": "text",
                     *         "forbidden": "text",
                     *         "not-found": "text",
                     *         "method-not-allowed": "text",
                     *         "conflict": "text",
                     *         "feed-expired": "text",
                     *         "precondition-failed": "text",
                     *         "request-timeout": "text",
                     *         "body-too-large": "text",
                     *         "uri-too-long": "text",
                     *         "unsupported-media-type": "text",
                     *         "invalid-body": "text",
                     *         "precondition-required": "text",
                     *         "too-many-requests": "text",
                     *         "headers-too-large": "text",
                     *         "internal-error": "text",
                     *         "unavailable": "text"
                     *       },
                     *       "errors": {
                     *         "required": "text",
                     *         "type": "text",
                     *         "too_small": "text",
                     *         "too_big": "text",
                     *         "not_allowed": "text",
                     *         "format": "text",
                     *         "unknown": "text",
                     *         "repeated": "text",
                     *         "file": "text",
                     *         "empty": "text",
                     *         "key": "text",
                     *         "control_character": "text",
                     *         "malformed_unicode": "text",
                     *         "combining_marks": "text",
                     *         "unknown_topic": "text",
                     *         "illegal_transition": "text",
                     *         "other_filter": "text"
                     *       },
                     *       "emailFormat": "text",
                     *       "fields": {
                     *         "topic": "text",
                     *         "name": "text",
                     *         "email": "text",
                     *         "phone": "text",
                     *         "company": "text",
                     *         "subject": "text",
                     *         "message": "text",
                     *         "consentVersion": "text",
                     *         "metadata": "text"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Messages"];
                };
            };
            /** @description They are still those of `If-None-Match`. */
            304: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The language of the messages. */
                    "Content-Language": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.0 document. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.0.3"
                     *     }
                     */
                    "application/json": components["schemas"]["Openapi200"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "draining": true,
                     *       "postgres": "up",
                     *       "redis": "up"
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready: PostgreSQL is down, its schema is older than this build, or it is draining. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "draining": true,
                     *       "postgres": "up",
                     *       "redis": "up"
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    exportSubject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org"
                 *     }
                 */
                "application/json": components["schemas"]["SubjectRequest"];
            };
        };
        responses: {
            /** @description Everything held. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exportedAt": "2026-11-23T09:30:00.000Z",
                     *       "complete": true,
                     *       "inquiries": [
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "topic": "sales",
                     *           "name": "Ada Lovelace",
                     *           "email": "ada@example.org",
                     *           "phone": null,
                     *           "company": null,
                     *           "subject": null,
                     *           "message": "What would ten of them cost?",
                     *           "locale": null,
                     *           "sourceUrl": null,
                     *           "metadata": null,
                     *           "privacyNoticeVersion": null,
                     *           "status": "new",
                     *           "assignee": null,
                     *           "spamReasons": [
                     *             "text"
                     *           ],
                     *           "version": 1,
                     *           "createdAt": "2026-11-23T09:30:00.000Z",
                     *           "updatedAt": "2026-11-23T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "activity": [
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "inquiryId": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "kind": "text",
                     *           "actor": "text",
                     *           "from": null,
                     *           "to": null,
                     *           "note": null,
                     *           "createdAt": "2026-11-23T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "subscriptions": [
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "email": "ada@example.org",
                     *           "list": "newsletter",
                     *           "locale": null,
                     *           "status": "active",
                     *           "consentVersion": "2026-11",
                     *           "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "consentedAt": "2026-11-23T09:30:00.000Z",
                     *           "sourceUrl": null,
                     *           "unsubscribedAt": null,
                     *           "version": 1,
                     *           "createdAt": "2026-11-23T09:30:00.000Z",
                     *           "updatedAt": "2026-11-23T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "consents": [
                     *         {
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "subscriptionId": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "kind": "given",
                     *           "method": "request",
                     *           "consentVersion": "2026-11",
                     *           "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "actor": null,
                     *           "reason": null,
                     *           "createdAt": "2026-11-23T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "quotes": [
                     *         {
                     *           "resource": "inquiry",
                     *           "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *           "inquiryId": null,
                     *           "field": "text",
                     *           "text": "text",
                     *           "createdAt": "2026-11-23T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SubjectExport"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "active" | "pending" | "unsubscribed";
                /** @description Those of this list. */
                list?: string;
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description Rows of a page, at most 100; 25 unless told. */
                limit?: number;
                /** @description Where the page begins: copied from the `Link` of the page before; opaque. */
                cursor?: string;
                /** @description Count the matching rows into X-Total-Count; so does the header `X-Total: true`. */
                total?: "true" | "false";
                /** @description LoopBack filter as JSON: `where`, `order`, `limit`, `offset`; `filter[where][…]=…` works too. */
                filter?: string;
            };
            header?: {
                /** @description Count the matching rows into X-Total-Count; so does `total=true`. */
                "x-total"?: "true" | "false";
                /** @description The `ETag` of the page as it was read: when that is still the page, the answer is 304, without a body. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    /** @description How many match; only with `total=true` or `X-Total: true`. */
                    "X-Total-Count"?: number;
                    /** @description `false`: X-Total-Count is a lower bound, since a status has 100000 or more, or a search has. */
                    "X-Total-Count-Exact"?: "true" | "false";
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "email": "ada@example.org",
                     *         "list": "newsletter",
                     *         "locale": null,
                     *         "status": "active",
                     *         "consentVersion": "2026-11",
                     *         "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *         "consentedAt": "2026-11-23T09:30:00.000Z",
                     *         "sourceUrl": null,
                     *         "unsubscribedAt": null,
                     *         "version": 1,
                     *         "createdAt": "2026-11-23T09:30:00.000Z",
                     *         "updatedAt": "2026-11-23T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Subscription"][];
                };
            };
            /** @description The page is still the one of `If-None-Match`; the headers are new. */
            304: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    /** @description How many match; only with `total=true` or `X-Total: true`. */
                    "X-Total-Count"?: number;
                    /** @description `false`: X-Total-Count is a lower bound, since a status has 100000 or more, or a search has. */
                    "X-Total-Count-Exact"?: "true" | "false";
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text: within 7 days a repeat with the same key and body stores nothing and gets the same answer. With another body the same key is another submission. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "list": "newsletter",
                 *       "locale": "text",
                 *       "consentVersion": "2026-11",
                 *       "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "sourceUrl": "https://www.example.org/contact"
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionRequest"];
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "list": "newsletter",
                 *       "locale": "text",
                 *       "consentVersion": "2026-11",
                 *       "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "sourceUrl": "https://www.example.org/contact",
                 *       "lang": "de",
                 *       "_next": "text"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["SubscribeBody"];
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "list": "newsletter",
                 *       "locale": "text",
                 *       "consentVersion": "2026-11",
                 *       "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "sourceUrl": "https://www.example.org/contact",
                 *       "lang": "de",
                 *       "_next": "text"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["SubscribeBody"];
            };
        };
        responses: {
            /** @description Accepted. Who has posted a form and prefers `text/html` reads so on a page. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionReceipt"];
                };
            };
            /** @description Accepted; a form post with `_next` goes there. */
            303: {
                headers: {
                    /** @description The URL of `_next`. */
                    Location: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page with a button. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg"
                 *     }
                 */
                "application/json": components["schemas"]["Confirmation"];
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["ConfirmSubscriptionBody"];
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["ConfirmSubscriptionBody"];
            };
        };
        responses: {
            /** @description It is active. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["Confirmed"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countSubscriptions: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "active" | "pending" | "unsubscribed";
                /** @description Those of this list. */
                list?: string;
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description LoopBack where as JSON; `where[status]=new` works too. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 128,
                     *       "byStatus": {
                     *         "active": 120,
                     *         "pending": 3,
                     *         "unsubscribed": 5
                     *       },
                     *       "isExact": true
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionCount"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSubscriptions: {
        parameters: {
            query?: {
                /** @description Those with this status. */
                status?: "active" | "pending" | "unsubscribed";
                /** @description Those of this list. */
                list?: string;
                /** @description Created at this time or later; ISO 8601 with an offset. */
                createdFrom?: string;
                /** @description Created before this time; ISO 8601 with an offset. */
                createdTo?: string;
                /** @description LoopBack where as JSON; `where[status]=new` works too. */
                where?: string;
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description What stands between two cells. Excel reads the one of its country: `;` where the comma is decimal. */
                separator?: "comma" | "semicolon" | "tab";
                /** @description Begin with a line such as `sep=;`, by which Excel takes the separator, whatever its country. */
                sep?: "true" | "false";
                /** @description Begin with a byte order mark, by which Excel knows that it is UTF-8. */
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A header line with the fields of one item, then one line for each, as it was when the export began. */
            200: {
                headers: {
                    /** @description A file name with the date. */
                    "Content-Disposition": string;
                    /** @description How many rows follow the header line; fewer means that the export broke off. HEAD answers the number alone. */
                    "X-Total-Count": number;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id,email,list,locale,status,consentVersion,consentTextSha256,consentedAt,sourceUrl,unsubscribedAt,version,createdAt,updatedAt
                     *     0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,ada@example.org,newsletter,en-GB,active,2026-11,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08,2026-11-23T09:30:00.000Z,,,1,2026-11-23T09:30:00.000Z,2026-11-23T09:30:00.000Z
                     */
                    "text/csv": string;
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecipients: {
        parameters: {
            query?: {
                /** @description `active`: to whom the list is sent. `pending`: to whom a mail with the link to confirm is. */
                status?: "active" | "pending";
                /** @description Those of this list. */
                list?: string;
                /** @description By the time of creation. */
                order?: "newest" | "oldest";
                /** @description Rows of a page, at most 100; 25 unless told. */
                limit?: number;
                /** @description Where the page begins: copied from the `Link` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /** @description The next page, `rel="next"`; absent on the last one, and for who pages by `offset`. */
                    Link?: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "email": "ada@example.org",
                     *         "list": "newsletter",
                     *         "locale": null,
                     *         "status": "active",
                     *         "consentedAt": "2026-11-23T09:30:00.000Z",
                     *         "confirmToken": null,
                     *         "unsubscribeToken": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Recipient"][];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org"
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionSearch"];
            };
        };
        responses: {
            /** @description Those that there are. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "email": "ada@example.org",
                     *         "list": "newsletter",
                     *         "locale": null,
                     *         "status": "active",
                     *         "consentVersion": "2026-11",
                     *         "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *         "consentedAt": "2026-11-23T09:30:00.000Z",
                     *         "sourceUrl": null,
                     *         "unsubscribedAt": null,
                     *         "version": 1,
                     *         "createdAt": "2026-11-23T09:30:00.000Z",
                     *         "updatedAt": "2026-11-23T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Subscription"][];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showUnsubscription: {
        parameters: {
            query?: {
                /** @description As the header of the mail has it, for a program that opens its URL. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page with a button. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unsubscribe: {
        parameters: {
            query?: {
                /** @description As the link of the mail has it. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg"
                 *     }
                 */
                "application/json": components["schemas"]["Unsubscription"];
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg",
                 *       "List-Unsubscribe": "One-Click"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["UnsubscribeBody"];
                /**
                 * @example {
                 *       "token": "Agqh5JOO33C_oMDHSmeJ7W8AAAAAAABlx0ZHZ2uyPYJ3hAV0xOYq1Hh2TXBm1n0mB2oJv0d0Yg",
                 *       "List-Unsubscribe": "One-Click"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["UnsubscribeBody"];
            };
        };
        responses: {
            /** @description It has ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "unsubscribed"
                     *     }
                     */
                    "application/json": components["schemas"]["Unsubscribed"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    Accept: components["headers"]["Accept"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (`/problems/too-many-requests`). */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: {
                /** @description Tolerated when it is `{}`, as clients of LoopBack send it. */
                filter?: string;
            };
            header?: never;
            path: {
                /** @description The id of the subscription. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    /** @description The version, a strong tag: for If-Match. */
                    ETag: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "email": "ada@example.org",
                     *       "list": "newsletter",
                     *       "locale": null,
                     *       "status": "active",
                     *       "consentVersion": "2026-11",
                     *       "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "consentedAt": "2026-11-23T09:30:00.000Z",
                     *       "sourceUrl": null,
                     *       "unsubscribedAt": null,
                     *       "version": 1,
                     *       "createdAt": "2026-11-23T09:30:00.000Z",
                     *       "updatedAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag as it was read; without it the answer is 428. `*` takes any version. */
                "if-match"?: string;
            };
            path: {
                /** @description The id of the subscription. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "unsubscribed"
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionPatch"];
                /**
                 * @example {
                 *       "status": "unsubscribed"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["SubscriptionPatch"];
            };
        };
        responses: {
            /** @description The changed subscription. */
            200: {
                headers: {
                    /** @description The version, a strong tag: for If-Match. */
                    ETag: string;
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *       "email": "ada@example.org",
                     *       "list": "newsletter",
                     *       "locale": null,
                     *       "status": "active",
                     *       "consentVersion": "2026-11",
                     *       "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "consentedAt": "2026-11-23T09:30:00.000Z",
                     *       "sourceUrl": null,
                     *       "unsubscribedAt": null,
                     *       "version": 1,
                     *       "createdAt": "2026-11-23T09:30:00.000Z",
                     *       "updatedAt": "2026-11-23T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: The body cannot be read (`/problems/malformed-body`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The change conflicts with the present state (`/problems/conflict`). */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since it was read (`/problems/precondition-failed`). */
            412: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`/problems/body-too-large`). */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    "Accept-Patch": components["headers"]["AcceptPatch"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not valid (`/problems/invalid-body`). */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A precondition is needed (`/problems/precondition-required`). */
            428: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the subscription. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "subscriptionId": "0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e",
                     *         "kind": "given",
                     *         "method": "request",
                     *         "consentVersion": "2026-11",
                     *         "consentTextSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *         "actor": null,
                     *         "reason": null,
                     *         "createdAt": "2026-11-23T09:30:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Consent"][];
                };
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A valid bearer token is needed (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not allow this (`/problems/forbidden`). */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Challenge"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here (`/problems/not-found`). */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not available for the moment (`/problems/unavailable`). */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the page as it was read: when that is still the page, the answer is 304, without a body. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topics. */
            200: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "topics": [
                     *         "general",
                     *         "sales"
                     *       ],
                     *       "defaultTopic": "general"
                     *     }
                     */
                    "application/json": components["schemas"]["Topics"];
                };
            };
            /** @description They are still those of `If-None-Match`. */
            304: {
                headers: {
                    /** @description Another one when the page is another: for If-None-Match. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP (`/problems/malformed-request`), or: A parameter is not valid (`/problems/invalid-parameter`). */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long to arrive (`/problems/request-timeout`). */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request target is too long (`/problems/uri-too-long`). */
            414: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The header fields are too large or too many (`/problems/headers-too-large`). */
            431: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side (`/problems/internal-error`). */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
