"""Invented listings as CSV: the same for the same number, in five scripts, with prices as people write them."""
import csv, random

WORDS = {
    "en": "ivory carved tusk bangle antique vintage genuine pendant horn scale leather feather shell coral bead ring old "
          "rare piece collection seller ships worldwide discreet serious offers only photo on request agarwood jelly".split(),
    "zh": "象牙 手串 老料 果冻 穿山甲 药材 现货 顺丰 包邮 收藏 吊坠 玳瑁 红珊瑚 砗磲 盔犀鸟 鹦鹉 陆龟 保真 孤品 正品".split(),
    "vi": "ngà voi vòng tay vảy tê tê sừng cao hổ cốt hàng thật giá tốt giao nhanh trầm hương đồ cổ liên hệ mật gấu".split(),
    "ru": "слоновая кость бивень резьба старинный кулон рог чешуя панголин попугай редкий доставка цена торг фото".split(),
    "th": "งาช้าง กำไล แท้ เก่า จี้ ราคา ส่งฟรี เกล็ด นิ่ม เขา เสือ สร้อย หายาก ของแท้ นกแก้ว เต่า".split(),
}
PLATFORMS = [f"platform-{n:02d}" for n in range(40)]
SPECIES = [f"Genus{n % 70} species{n}" for n in range(400)]
CURRENCIES = ["USD", "EUR", "CNY", "VND", "THB", "RUB"]
COLUMNS = "listing_id,platform,url,title,description,species,price,currency,seller_alias,country,posted_at".split(",")


def price(dice):
    amount = round(10 ** dice.uniform(0, 5), 2)
    return dice.choice(["", f"{amount}", f"{amount:,.2f}", f"${amount:,.2f}", f"¥{int(amount):,}"])


def text(dice, language, least, most):
    words = [dice.choice(WORDS[language]) for _ in range(dice.randint(least, most))]
    return dice.choice([" ", " ", " ", ", "]).join(words) + dice.choice(["", "", "!", "\n⭐⭐"])


def write(path, count):
    dice = random.Random(47)
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for number in range(count):
            language = dice.choices(list(WORDS), [60, 15, 12, 6, 7])[0]
            platform = PLATFORMS[int(dice.random() ** 2 * len(PLATFORMS))]
            rows.writerow([
                f"L{number:08d}", platform, f"https://{platform}.example/item/{number * 2654435761 % 2**32:08x}",
                text(dice, language, 4, 12), text(dice, language, 15, 45), dice.choice(SPECIES), price(dice),
                dice.choice(CURRENCIES), f"seller_{int(dice.random() ** 3 * 6000)}", dice.choice(["CN", "VN", "TH", "US", "FR"]),
                f"20{dice.randint(23, 26)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}T{dice.randint(0, 23):02d}:00:00Z"])
