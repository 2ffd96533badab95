"""The phrases that make a sentence no evidence: said of another system, by a supplier, of
everything at once, as a risk, or to decline.

Owns the patterns only, for text in lower case; `judgement.py` decides how far each reaches.
"""

from typing import Final

from agent.intake.patterns import any_of
from knowledge.patterns import lazy

_THING = (
    r"(?:systems?|tools?|portals?|apps?|applications?|products?|platforms?|chat ?bots?|bots?|"
    r"assistants?|services?|solutions?|models?|registr(?:y|ies)|crm|erp|mainframe|websites?|"
    r"hotlines?|pilots?|projects?|processes|process|practice|workflows?|engine|programmes?)"
)
OTHER_SYSTEM: Final = any_of(
    rf"(?:^|[:;,(—–] ?|\b(?:and|but|while|that|because|since) )(?:in |with |for )?"
    rf"(?:the |our |an? |its )?(?:existing|old|legacy|previous|former|other|another|core|sister|"
    rf"sibling|neighbou?ring|similar|parallel|predecessor|many other|most other) "
    rf"(?:[\w-]+ ){{0,2}}?{_THING}\b",
    r"(?:^|[:;,(—–] ?)(?:today|currently|so far|until now|in the past|traditionally)[ ,]"
    r"[^.;]{0,60}?\b(?:by hand|on paper|without the tool|manual(?:ly| methods?))\b|"
    r"\b(?:current|present|manual|today['’]s) (?:process|practice|procedure|workflow|methods?)\b|"
    r"\b(?:current|present|today['’]s) (?:\w+ ){0,3}?approach\b",
    rf"\b(?<!soon )(?<!well )(?<!long )(?<!far )(?:as|like|just as|same as|similar to|copied from|"
    rf"modelled on|as it does|as we do|as is done|as known from|as already) "
    r"(?:already )?(?:done |used |offered |seen )?"
    rf"(?:in |by |with |for |on )?(?:the |our |an? )?(?:[\w-]+ ){{0,3}}?{_THING}"
    rf"(?: (?:already|does|do|has|offers|\w+s)\b|\s*[,.;)]|$)",
    r"\b(?:in|by|for) (?:the )?(?:sister |other |another |neighbouring )?project (?!manage|scope|"
    r"plan|start|team|work|phase|docu|board|report|group|meet|log|diary|journal|register|record|file|"
    r"folder|book|list|minutes|wiki|page|lead|owner|sponsor|manual|is|was|has|and|or|we|the)\w+",
    rf"(?:^|[:;,(] ?|\b(?:and|but) )(?:the|our) (?:[\w-]+ ){{1,3}}?{_THING} (?:already|which is "
    rf"already)\b|\bproject \w+ (?:already|has|uses|does|offers|logs|keeps)\b",
    r"\b(?:at|in) (?:the|our|an?) (?:sister|parent|other|another|neighbou?ring) (?:company|firm|"
    r"agency|unit|branch|hospital|bank|department|office)\b",
    r"\b(?:looked at|learnt from|learned from|inspired by|saw|know|visited) how [^,.;:]{1,40}? "
    r"(?:do|does|did|handles?|has|have)\b",
    r"\b(?:competitors?|elsewhere|other (?:teams|departments|units|projects|organi[sz]ations|"
    r"agencies|insurers|companies|banks|systems|tools)|another (?:team|department|unit|project|"
    r"agency|system|tool|product))\b(?! (?:can|cannot|may|are not))",
)
THIS_SYSTEM: Final = lazy(
    r"\b(?:this|our own|the new|the proposed) (?:\w+ )?(?:systems?|tools?|assistants?|services?|"
    r"pilots?|models?|bots?|chatbots?|solutions?|initiatives?|proposals?|products?|applications?)"
    r"|\b(?:is|are) (?:also )?(?:re)?used (?:here|for this)\b|\bhere too\b|\bwe (?:re-?)?use\b"
)
VENDOR: Final = any_of(
    r"\b(?:vendor|supplier|provider|manufacturer|licensor|maker|seller)s?(?: of [\w ]{1,20})?"
    r" (?:\w+ly |also |has |have |us that |itself )?(?:says?|said|states?|stated|guarantees?|"
    r"guaranteed|claims?|claimed|assures?|assured|promises?|promised|confirms?|confirmed|"
    r"warrants?|declares?|declared|advertises?|reports?|reported|asserts?|handles?|takes? care|"
    r"is responsible|are responsible|ensures?|offers?|provides?|tests?|tested|monitors?|"
    r"certif\w+|told us|does|do|has|have|runs?|performs?|logs?|checks?)\b",
    r"\b(?:according to|as per|assured by|claimed by|guaranteed by|done by|handled by|tested by|"
    r"provided by|monitored by|performed by|ensured by|relies on|rely on|left to) "
    r"(?:the |our |its |a )?(?:\w+ )?(?:vendor|supplier|provider|manufacturer)\b",
    r"\b(?:according to|as per|says|state[sd]?|shown?|claimed|promised|advertised) (?:in |by |on )?"
    r"(?:the |its |their |a )?(?:data ?sheets?|brochures?|white ?papers?|leaflets?|product (?:page"
    r"|sheet)s?|marketing|sales (?:people|team|material|deck|pitch)|advertis\w+|web ?sites?)\b",
    r"\b(?:vendor|supplier|provider|manufacturer)['’]s? (?:documentation|website|brochure|"
    r"white ?paper|statement|data ?sheet|marketing|assurance|word|sales)\b|"
    r"\b(?:materials?|documentation|brochures?|website|statements?|word|assurances?) "
    r"(?:of|by|from) (?:the|our) (?:vendor|supplier|provider|manufacturer)\b",
    r"\b(?:iso|soc|tisax|hitrust)[ /-]?(?:iec ?)?\d*[ \w:-]{0,12}?(?:certified|certification|"
    r"certificates?|compliant)\b|\b(?:is|are) certified\b",
)
CONTRACT: Final = lazy(r"\b(?:contract\w*|agreements?|dpa|terms|clauses?|addendum|sla)\b")
LUMP: Final = any_of(
    r"\b(?:fully|completely|entirely|100 ?%|totally) (?:\w+[- ])?(?:compliant|secure|safe|"
    r"transparent|fair|ethical|unbiased|trustworthy|conform\w*|accountable)\b",
    r"\b(?:is|are|be|remains?|stays?|and|being) (?:\w+ )?(?:compliant|conform)\b",
    r"\b(?:safe|secure|fair|transparent|ethical|trustworthy|unbiased|explainable)(?:,| and|, and) "
    r"(?:safe|secure|fair|transparent|ethical|trustworthy|unbiased|explainable|accountable)\b",
    r"\b(?:compl(?:y|ies|iant|iance|ying)|conform(?:s|ity)?|consistent) (?:fully )?(?:with|to) "
    r"(?:the |our |its )?(?:all|every|any|applicable|relevant|gdpr|law|laws|ai act|eu ai act|"
    r"polic|regulat|internal|company|data protection|standards?|requirements?|rules)",
    r"\b(?:meets?|fulfil+s?|satisf(?:y|ies)|covers?|follows?|respects?|observes?|adheres? to|"
    r"addresses?|honou?rs?) (?:\w+ )?(?:all|every|each|the|any|applicable|relevant|our) "
    r"(?:\w+ ){0,3}?(?:requirements?|polic(?:y|ies)|standards?|regulations?|rules|principles|"
    r"laws|obligations|guidelines)\b",
    r"\ball (?:\w+ ){0,4}?(?:policies|requirements|standards|regulations|rules|principles|laws|"
    r"obligations|measures|safeguards|controls|risks) (?:are|is|have been|were) (?:\w+ )?"
    r"(?:met|followed|satisfied|fulfilled|observed|respected|complied|covered|addressed|"
    r"in place|implemented|considered|mitigated|applied)\b",
    r"\b(?:gdpr|dsgvo|ai[- ]act|hipaa|ccpa|policy|privacy|eu)[- ](?:compliant|conform\w*|"
    r"compliance|ready|proof)\b",
    r"\bstate[- ]of[- ]the[- ]art\b|\bbest[- ]practices?\b|\bindustry[- ](?:standards?|leading|"
    r"grade)\b|\bhighest (?:\w+ )?standards?\b|\b(?:enterprise|military|bank)[- ]grade\b|"
    r"\bworld[- ]class\b",
    r"\btak(?:e|es|en|ing) (?:\w+ ){1,4}?(?:very )?seriously\b|\b(?:security|privacy|fairness|"
    r"safety|transparency|compliance) (?:is|are) (?:fully )?(?:guaranteed|ensured|assured|"
    r"our (?:top|first) priority|a (?:top )?priority|paramount|built in)\b",
    r"\b(?:trustworthy|responsible|ethical)[- ]ai\b|\bprivacy[- ]by[- ]design\b|"
    r"\bappropriate (?:\w+ ){0,3}?(?:measures|safeguards|controls)\b|\ball necessary\b",
)
REFUSES: Final = any_of(
    r"\b(?:we|the team|they|management|the board|the project|the business|i)(?: \w+ly)? "
    r"(?:(?:will|do|shall|are|would|did) ?(?:not|never)|won['’]t|don['’]t|wouldn['’]t) "
    r"(?:\w+ly )?(?:add|offer|offering|provide|providing|include|introduce|build|plan|planning|"
    r"intend|implement|support|allow|give|want|see (?:a|the|any) (?:need|reason)|foresee|accept|"
    r"permit|keep|adding|going to|consider|need)",
    r"\bno (?:[\w-]+ ){1,6}?(?:will|shall) (?:ever )?be (?:offered|added|provided|given|"
    r"introduced|made|built|kept|accepted|possible|available|foreseen|carried out|done|held)\b",
    r"\b(?:will not|shall not|won['’]t) be (?:granted|told|given|offered|informed|possible|asked|"
    r"shown|provided|allowed|available|added|introduced|kept|tested|logged|explained)\b|"
    r"\bout of the question\b|\bunwanted\b",
    r"\bno (?:plans?|intention|wish|desire|appetite) (?:to|for|of)\b|"
    r"\b(?:no|not any) (?:need|reason) (?:to|for|is seen)\b",
    r"\bnot (?:be )?(?:wanted|desired|foreseen|intended|envisaged|necessary|considered "
    r"necessary|planned)\b(?! (?:use|for use|purpose))|\bis unwanted\b|\bundesirable\b",
    r"\b(?:deliberately|intentionally|consciously|on purpose|purposely|by design)\b[, ]"
    r"(?:[\w-]+ ){0,3}?(?:without|no|not|never|omit\w*|skip\w*|left out|leav\w+ out|exclud\w+|"
    r"avoid\w*|remov\w+|nobody)\b|\b(?:without|no|not)\b[^.;,]{0,40}\b(?:by design|on purpose)\b",
    r"\bwe (?:\w+ly )?(?:reject|refuse|decline|rule out|dispense with|do without|forgo|waive|"
    r"oppose)\b|\b(?:decided|opted|choose|chose|voted) (?:against|not to)\b|\bruled out\b",
    r"\bthe (?:whole |very )?(?:point|purpose|idea|aim) (?:of \w+ (?:\w+ )?)?is (?:to (?:remove|"
    r"avoid|eliminate|do away with|get rid of|take)|that (?:no|nobody|no one))\b",
)
RISK: Final = lazy(
    r"^\W*(?:the |a |one |our |key |main |primary |possible |potential |known |other )*"
    r"(?:risks?|dangers?|threats?|concerns?|harms?)(?: of [\w -]{1,40}?)? "
    r"(?:includes?|are|is|would be|lies?|exists?)\b|"
    r"\b(?:there is|poses?|carr(?:y|ies)|bears?) (?:a |the )?(?:\w+ )?(?:risks?|danger)"
    r" (?:of|that)\b"
)
