"""What sets a language apart for the checks: its letters, its keyboard, its small words."""

from dataclasses import dataclass

from coach.proofread.channel import Hand, hand_of
from coach.proofread.tongues import compounds
from coach.proofread.tongues.listed import words


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. Words are in lower case and folded (`lexicon.FOLDS`)."""

    code: str
    letters: str
    hand: Hand
    joiners: frozenset[str]
    """Small words that get stuck to others."""
    twice_right: frozenset[str]
    """Words that may rightly stand twice in a row."""
    prefixes: frozenset[str]
    suffixes: frozenset[str]
    """Beginnings and endings of words that dictionaries need not list."""


RUSSIAN = Tongue(
    code="ru",
    letters="абвгдежзийклмнопрстуфхцчшщъыьэюя",
    hand=hand_of(
        rows=("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
        vowels="аеиоуыэюя",
        alike="аo ао еи ея ая иы эе юу тд пб фв зс шж шщ чщ кг цс хг ьъ йи нм",
    ),
    joiners=words("""
        и в на с к о у а но не по за из от до для при над под об со во ко как что это или же бы
        так также если я мы он она они вы мой моя моё мои моей моего наш ваш ваша вашей вашу вашем
        все всё его её их этот эта эти то чтобы когда где уже еще только очень более через между
        без про был была было были есть который которая которое которые которых такой такая такие
        таких лишь всего чем раньше сейчас тогда поэтому могли может можно нужно будет каждый
        """),
    twice_right=words("очень еле чуть да нет все так тише далеко долго много скоро вот ну едва"),
    prefixes=words("""
        не пере до под над пред авто мульти мета микро макро кибер нейро супер гипер ультра псевдо
        квази
        анти контр экс само меж внутри гео био вело радио теле видео аудио электро энерго
        высоко низко средне мало много одно двух трех четырех пяти полу пост суб транс интер кросс
        нано мини мега про взаимо ново обще разно равно свеже слабо сильно
        широко узко тех спец соц гос фин мед пед
        """),
    suffixes=frozenset(),
)

GERMAN = Tongue(
    code="de",
    letters="abcdefghijklmnopqrstuvwxyzäöü",
    hand=hand_of(
        rows=("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
        vowels="aeiouyäöü",
        alike="ck ks td pb gk fv wv sz zc ae eä oö uü iy ei ea xs qk jg nm tz vb uo",
    ),
    joiners=words("""
        und die der das den dem ein eine einen einem einer eines ist sind in im an am auf aus bei
        mit nach von vom vor zu zum zur für über unter durch ohne um bis als wie so dass wenn weil
        aber oder auch nicht nur noch schon sehr mehr ich sie er es wir ihr mich mir uns ihnen
        mein meine meinem meinen meiner ihre ihrem ihren ihrer unser unsere habe haben hat bin war
        wird werden kann können man sich hier da dort
        """)
    | compounds.SMALL,
    twice_right=words("""
        der die das den dem sie ihr sehr so ganz nach durch und war ist was wo haha bla es
        """),
    prefixes=words("""
        un ur ab an auf aus ein mit nach vor zu zurück zusammen weiter wieder über unter um durch
        hin her heraus hinaus hinein herein fest fort los mikro makro multi meta super hyper inter
        intra anti ko re de dis des pre prä pro post pseudo neuro bio geo auto tele video audio mit
        nicht
        """),
    suffixes=words(
        """
        basiert basierte basierten basierter basiertes basierende basierenden los lose losen loser
        loses fähig fähige fähigen fähiger fähiges bezogen bezogene bezogenen bezogener frei freie
        freien orientiert orientierte orientierten orientierter übergreifend übergreifende
        übergreifenden spezifisch spezifische spezifischen spezifischer getrieben getriebene
        getriebenen reich reiche reichen weise weit weite weiten mäßig bar bare baren barer
        bares barem
        """.replace("ß", "ss")
    ),
)

TONGUES = {"ru": RUSSIAN, "de": GERMAN}
