import type { Device } from '@footfall/core/lookups';

/** What a system says of the device by itself. */
const BY_SYSTEM: Readonly<Record<string, Device>> = {
  Xbox: 'Console',
  PlayStation: 'Console',
  Nintendo: 'Console',
  tvOS: 'TV',
  'Roku OS': 'TV',
  VIDAA: 'TV',
  watchOS: 'Watch',
  'Windows Phone': 'Mobile',
  'Windows Mobile': 'Mobile',
  'Windows CE': 'Mobile',
  KaiOS: 'Mobile',
  Symbian: 'Mobile',
  Bada: 'Mobile',
  ChromeOS: 'Desktop',
};

type Rule = { device: Device; words: RegExp };

/** What the whole user agent says, of systems that run on many kinds of devices. */
const MARKS: readonly Rule[] = [
  {
    device: 'Console',
    words: /PlayStation|Nintendo|\bWii|OUYA|Dreamcast|SEGASATURN|Steam Deck|Xbox|\bPSP\b/,
  },
  { device: 'Watch', words: /watch|Wear OS|\bSM-R\d{3}|\bWatch/i },
  { device: 'Car', words: /Tesla|QtCarBrowser|Android Auto|automotive|AudiMMI|CarPlay|\(VCC;/i },
  {
    device: 'TV',
    words:
      /\bTV|TV[ \d_/;)]|HbbTV|SmartTV|Smart_TV|SMART-TV|GoogleTV|NetCast|Web0S|\bAFT[A-Z]|BRAVIA|VIERA|CE-HTML|Presto.{0,80}(?:wireless|wired)\)|stbapp|\bWPE\b|VirginMedia|\bOMI\/|NETRANG|SRAF\/|Espial|Maple|ANTGalio|BrightSign|TiVo|NetBox|LaTivu|CrKey|TV Bro|Odin\/|InettvBrowser|\bSTB\b|Boxee|mbxtWebKit|DirectFB|CiscoBrowser|AQUOS|Diga\/|\b[P-U]T[TM][A-Z\d]\.\d{6}/i,
  },
  {
    device: 'Other',
    words:
      /Oculus|Quest \d|\bQuest\b|PicoBrowser|Mobile VR|Wolvic|\(MFP;|CanonIJCL|IR-S\/|\bAEO[A-Z]{2}\b|Nest Hub|SmartSpeaker|EK-GC|COOLPIX|Family ?Hub/,
  },
];

/** What a model of Android says. Models begin behind a blank here; a television's often with the size of its screen. */
const MODELS: readonly Rule[] = [
  {
    device: 'Console',
    words:
      / (?:SHIELD$|SHIELD Portable|GPD XD|Retroid|ODIN|GAMEMT|JXD|Archos ?Gamepad|RG(?:351|353|405|406|476|505|556|557)[A-Z]*$|RGCUBE|GR0006|Razer Edge|AYN |Switch(?: OLED| Lite)?$)/i,
  },
  {
    device: 'Watch',
    words:
      /watch|\bSM-[RL]\d{3}|\bO?P?WWE\d|APPLLP|^ THOR (?:\d|S$|PRO)|^ ELARI|\bLEM\d|Gear Live| Moto 360|\bLEO-[BD]| OW\d\dW/i,
  },
  {
    device: 'Car',
    words:
      /\bcar(?!bon)|KZCAR|BYD AUTO|DiLink|Rivian|AFTL[BF]T962|^ MPC-\d|^ AIVI-|octopus-core|^ (?:UltraOcta|Octa-?core|Quad-?core)[- ][TRA]\d|YT(?:5760|5716|7216|7260|92\d\d)|\b8227L|F9212|SDA-8|DUDU|Polestar(?! Phone)|Porsche/i,
  },
  {
    device: 'Desktop',
    words:
      /Chromebook|EliteBook|ProBook|ThinkPad(?! ?Tablet)|Inspiron|^ Latitude \d|^ Satellite |^ Aspire|Pavilion|OptiPlex|VivoBook|ZenBook|\bNUC\d|Remix Mini|2in1/i,
  },
  {
    device: 'TV',
    words:
      /(?<!BN|S|\bD|H|K\d\d\d-|V\d\d\d-)tv(?!\d{3}|M|is|_vf)|(?<!\d)(?:24|32|39|40|42|43|48|49|50|55|58|65|75|85)(?!max|pro|plus|mini|air|case)(?:[A-Z]{1,4}\d{2,}|[A-Z]{3,})|\bSTB|GTKing|DREAMSTAR|Matador|Beelink|OzoneHD|\bshell\b|[\d_-]led|^ (?:[a-z-]*)led[-_\d]|stick|projector|\bbox|box\b|_box|(?:PV|Super|SPY|NEX|TV)BOX|^ (?:24|28|32|39|40|42|43|48|49|50|55|58|60|65|70|75|85|98)(?!max|pro|plus|mini|air|case)[A-Z]{1,6}(?:[-_\d][\w]|$)|^ (?:POLAR|EX|LE|LD|CT|HX|KANT|H|NV)[-_](?:[A-Z]+_)?[A-Z]*\d{2,3}|\bUHD|(?:^|[ _-])4K\b|^ (?:X9[26]|H96|T95|A95X|MXQ|TX3|TX6|M8S|UGOOS|Tanix|Formuler|VONTAR|Vinabox|Mecool|ZIDOO|EVPAD|MiBOX|Rombica|NEXON|Orbsmart|pendoo|OPENBOX|Minix|NEO-[XUZT]|BRAVIA|AFT[A-Z]|Chromecast|ADT-\d|Nexus Player|YNDX-00\d{2}|HTY-|Nokia Streaming|Skystream|DVB|HIBERG|rk3|Shield Android|SHIELD Android|HMP-|LOEWE|UnionTV|Hi3\d|Bbox|Freebox|Movix|Allente|TIMVISION|Amlogic|s905|Netta|iconBIT (?:Movie|XLR|XDS|Toucan)|MyGica|TX\d(?!\d\d)|T96|KM[269]\b|TOX\d|Selenga|Technosat|Vorke|OTT |GTX-|X88|HK1|H10 PLAY|[AB]-STREAM|Bell Streamer|SEI\d{3}|DV[89]\d{3}|XDS|AS_4K|VIM\d|NEO U\d|ABX-\d|SFCSTB|Perfeo_PF|ARTLINE|GTCOMBO|LimeT|LimeZ|Hiremco|TranSpeed|AFT\w{4,})/i,
  },
  {
    device: 'Other',
    words:
      /^ (?:Quest(?: [23]S?| Pro)?|Pacific|Standalone HMD|Pico (?:Neo|G|4).*|AEO[A-Z]{2,3}|Lenovo Smart Display.*|EK-G[CN].*|COOLPIX.*|Raspberry Pi.*|ODROID.*|.*POS.*|Glass 1)$/,
  },
  {
    device: 'Tablet',
    words:
      /tab(?!er)|^ [A-Z]\d{2,3}[A-Za-z]*_(?:EEA|ROW|RUS)$|-W\d{1,2}[A-Z]*$|\bkids|^ (?:TECNO [TP]\d{3,4}\w?|Infinix X1\d{3}\w?|itel P10\d{3}\w|KT\d{3}\w*|KT1\d{3}\w*|KM\d{4}|ZTE T10\d\d|HTC A10\d.*|Nokia T\d\d|LM-T6\d\d|\w+ TA\d\w\d\w\d\d|M2105K81\w*|21051182\w|ALFA_\w*|iQ\d0\d\d.*|PA2\d{3}|Pixus.*|Lenovo (?:PB-|A7600).*|Nomi_C(?:07|08|10).*|SH-T\d+|.*[_ -](?:7|8|10)(?:\.\d)?[_ -]?3G.*|(?:.*[ _])?(?<!WIKO )T10(?:Plus|Pro| Pro|E)?|T\d\dMini.*|Eagle_\d+|RT\d Pro|hoco_.*|BZ[AIK]-.*|A10\dLV|Hi10.*)$|(?<!cool|g|tech )pad(?!d|fone)|slate(?! 6)|\bKF[A-Z]{2,5}$|^ Nexus (?:7|9|10)|^ (?:SM-T|SM-X\d\d\d|SM-P\d|GT-P|GT-N[58]|SCH-I8|SPH-P1|SHV-E230|SHW-M[1345]80)|\bTB[-\d]|\bYT-|^ YOGA|(?:BTV|AGS\d?|AGR|AGM\d?|KOB\d?|BAH\d?|BACH\w*|SCM|SCMR|SHT|MRX|MRR|CMR|CPN|JDN\d?|DBY\d?|BGO|BG2|MON|BZT|BZK|BZA|BZD|HEY\d?|ELN|GOT|BTK|NDL|T1|S8|S10|M2|M3|T3|DUK|PLE)-\w{3,6}$|Xoom|Transformer|^ (?:K0[01]|P0[012]|P02)\w{1,2}$|^ ME\d{3}|^ (?:LG-)?V[45]\d{2}|^ LG-VK|^ VK\d{3}|SGP\d{3}|^ Sony Tablet|^ OPD\d|^ \d{4,6}RP|^ 2\d{3,}[A-Z]*RP|^ VRD|Pixel C|Venue|Iconia|^ [AB][13]-[78A]|TPC|^ NX\w+Q|^ RCT\d|\bMID\b|MID\d|^ TM-?\d{3}|^ PMT\d|^ BQ(?:ru)?-(?:7|8|10)\d{2}|^ Optima|^ Plane |^ CITI (?!MOTION)|^ HTC Flyer|^ Archos (?:[789]\d?|1\d\d?)(?![\d.])|^ iPlay|^ (?:80|81|82|83|84|90|91|92|94)\d\d[A-Z]?(?:_\w+)?$|^ Digma|^ (?:T|M|P)\d\d[A-Z]*_(?:EEA|ROW|Plus)|^ IN?S?-?\d+ ?Slide|(?<!iBall )Slide(?! Lite)|^ (?:i-mobile i-note|iBall|Readboy|DSlide|BASE_Tab|Cavion|KM07|PICO)|^ (?:Ru-ru|De-de)|^ NT-|^ TEL-10|[TPSC]S[1789]\d{3}P?[GL]|\b[78][- ]3G\b|\b3G T|iPA\d|Smailo|^ TZ7|^ WO |^ A-?[17]0\d{2}|3G TS|4G TS|^ (?:T30Ultra|T50(?:Pro\w*)?|T60(?:Pro)?|OKT\d|OT\d|OC101|MEGA \d|P30T|P40HD\w*|M50(?:HD|Plus)?|T0802L|U1005E|E11|E12|X109|R10|R20|G-10 ULTRA|GT40 Ultra|DT1|Active \d+ Pro|RT\d Plus|TEO\w*|HANSON_\w*|CONTIXO.*|G[12]000(?: Pro)?|M8_4G|H14|H38|K10 DA\w+|Q8 DA\w+|K118|K10C|EX\d[SX]\d|SMART_W84|TG ?\d\d|L16 Max|Surface Duo.*|A301LV|2405CPCFBG|Kingpad.*|Alldocube.*|SMART L\d+|Swipe_Strike.*|Elite Octa\w*|VANWIN.*|F-02K|Lenovo (?:A3500|A5500|B[68]000|S6000).*|SM-N8000|SC-01D)$/i,
  },
];

/** Models of phones whose user agents do not say `Mobile` (apps, older browsers in desktop mode). */
const PHONES =
  /^ (?:SM-|SGH-|GT-|SC-|SCV|SCH-|SPH-|SHV-|Pixel|Redmi|CPH|RMX|vivo|ONEPLUS|LM-|LG|moto|XT\d|Moto|MotoG|HUAWEI|Infinix|TECNO|itel|SonyEricsson|HTC|Htc|DROID|Nokia|TA-|ZTE|Blade|Lenovo [APKSVZ]|ALCATEL|Alcatel|Doro|MITO|EVERCOSS|Polytron|POLYTRON|Primo|HM|MI \d|Mi |M2\d{3}|2\d{3,}[A-Z]|V[12]\d{3}|PD\d|R[\dK]|A\d{3}|S\d{2}|K\d|Q\d|X\d|Neffos|Quantum|verykool|HOMTOM|Innjoo|LeEco|Miracle|IQ|Twist|Wink|Boost|SO-|F-\d|SH-|SHV|KYV|DIGNO|ASUS_[XZI]|ANE-|VNS|[A-Z]{3}-(?:AL|L|LX|TL|NX|AN)\d|POCO|OnePlus|G0\d\dA|BLU (?!.*[78]\.0))/;
/** What Yandex' apps say on devices that they take for tablets, and on televisions. */
const SAYS_TABLET = /\/apad\b/;
const SAYS_PHONE = /mobile|Opera Mobi|Opera Mini|MIDP|WAP|UCWEB/i;
const FEATURE_PHONE =
  /Mobile|Mobi|MIDP|J2ME|Nokia|NOKIA|UCWEB|UP\.Browser|SonyEricsson|SAMSUNG|BlackBerry|BB10|WAP|MAUI|Obigo|NetFront|\bLGE?[-/]|MOT-|Dorado|DoCoMo|KDDI|J-PHONE|iPod|MRE\//;
const TABLETS =
  /Tablet(?! PC)|PlayBook|Kobo|\bnook\b|PocketBook|bookeen|eReader|Kindle|Silk|hp-tablet|TouchPad|\bPad\b|\(Tablet;/;

/** The model that a user agent of Android names, behind a blank; `''` when it names none. */
const MODEL =
  /(?:Android|Adr|HarmonyOS|OpenHarmony)[ -]?[\d.]*;? ?(?:(?:U|arm(?:_64)?|[a-z]{2}(?:[-_][a-zA-Z]{2,4}){1,2}|[a-z]{2}|HarmonyOS); ?)*([^;)]*?)(?: ?Build[/ ;)]|[;)]| Bui|$)/;

/** No model is called longer; what is, only costs. */
const LONGEST_MODEL = 64;

const match = (rules: readonly Rule[], text: string) => rules.find(({ words }) => words.test(text))?.device;

function androidDevice(userAgent: string): Device {
  const [whole, said = ''] = MODEL.exec(userAgent) ?? [''];
  const model = said.slice(0, LONGEST_MODEL);
  const rest = whole === '' ? userAgent : userAgent.replace(whole, '');
  const marked = match(MARKS, rest) ?? match(MODELS, ` ${model}`);
  if (marked !== undefined) return marked;
  if (SAYS_TABLET.test(userAgent)) return 'Tablet';
  if (SAYS_PHONE.test(userAgent) || PHONES.test(` ${model}`)) return 'Mobile';
  return 'Tablet';
}

/** What a device is, by what is special in its user agent and the system that was found in it; undefined when nothing tells. */
export function findDevice(userAgent: string, system: string): Device | undefined {
  const certain = BY_SYSTEM[system];
  if (certain !== undefined) return certain;
  if (system === 'Android' || system === 'HarmonyOS') return androidDevice(userAgent);
  if (system === 'iOS') return userAgent.includes('iPad') ? 'Tablet' : 'Mobile';
  if (system === 'Windows' || system === 'macOS')
    return /WPDesktop|Lumia|ZuneWP|; wds |PalmSource/.test(userAgent) ? 'Mobile' : 'Desktop';
  const marked = match(MARKS, userAgent);
  if (marked !== undefined) return marked;
  if (system === 'Firefox OS' || TABLETS.test(userAgent))
    return TABLETS.test(userAgent) ? 'Tablet' : 'Mobile';
  if (FEATURE_PHONE.test(userAgent)) return 'Mobile';
  if (system === 'Tizen') return 'TV';
  if (system === 'webOS') return userAgent.includes('webOS/') ? 'Mobile' : 'TV';
  return system === '' ? undefined : 'Desktop';
}
