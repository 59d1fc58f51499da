/// Addresses of listings, invented after the form that each site gives them: on a line those of one listing.
///
/// Shape:  `Platform: id address address …`; the id is what the addresses name the listing by.
enum ListingAddressExamples {
  static let lines = """
    eBay: 110554919742 https://www.ebay.com/itm/110554919742 https://www.ebay.de/itm/Old-Ring-No-4-/110554919742?hash=item19bd:g:QJo https://m.ebay.co.uk/itm/110554919742?_trkparms=a%3D1 https://www.ebay.fr/p/1234?iid=110554919742 https://cgi.ebay.com/ws/eBayISAPI.dll?ViewItem&item=110554919742
    eBay sandbox: 110554919742 http://www.sandbox.ebay.com/itm/Ring-/110554919742?hash=item19 http://www.sandbox.ebay.com/itm/110554919742 http://sandbox.ebay.com/itm/Other-Ring/110554919742
    Etsy: 246000001 https://www.etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1 https://www.etsy.com/de/listing/246000001/hornkamm https://combs.etsy.com/listing/246000001 https://www.etsy.com/uk/listing/246000001/?click_key=9f
    Amazon: B0C1234XYZ https://www.amazon.com/Horn-Comb/dp/B0C1234XYZ/ref=sr_1_1?qid=1&sr=8-1 https://www.amazon.com/dp/b0c1234xyz https://www.amazon.com/gp/product/B0C1234XYZ?psc=1 https://m.amazon.com/gp/aw/d/B0C1234XYZ https://smile.amazon.com/Other/dp/B0C1234XYZ/
    Facebook: 150200300 https://www.facebook.com/marketplace/item/150200300/?ref=browse_tab&__tn__=x https://m.facebook.com/marketplace/item/150200300/ https://th-th.facebook.com/marketplace/item/150200300?referral_code=rank https://facebook.com/commerce/listing/150200300/?media_id=0 https://fb.com/marketplace/item/150200300
    Facebook: post/bird.fans/771001 https://www.facebook.com/groups/bird.fans/posts/771001/ https://m.facebook.com/groups/Bird.Fans/permalink/771001/?__tn__=-R https://www.facebook.com/groups/bird.fans/?multi_permalinks=771001&ref=share https://m.facebook.com/groups/bird.fans?view=permalink&id=771001
    Facebook: post/100044/771002 https://www.facebook.com/permalink.php?story_fbid=771002&id=100044&__cft__[0]=AZ https://m.facebook.com/story.php?story_fbid=771002&id=100044&refid=18 https://www.facebook.com/100044/posts/771002?locale=th_TH
    Facebook: photo/771003 https://www.facebook.com/photo.php?fbid=771003&set=a.1 https://www.facebook.com/photo/?fbid=771003 https://www.facebook.com/shop.one/photos/a.12/771003/?type=3
    Facebook: video/771004 https://www.facebook.com/watch/?v=771004&ref=sharing https://www.facebook.com/shop.one/videos/771004/ https://www.facebook.com/reel/771004/?s=single_unit
    Instagram: CxAb_9-dE1f https://www.instagram.com/p/CxAb_9-dE1f/?igsh=MzRlODBi https://www.instagram.com/reel/CxAb_9-dE1f/ https://instagram.com/shop.one/p/CxAb_9-dE1f/?img_index=2 https://instagr.am/p/CxAb_9-dE1f
    TikTok: 7301234567890123456 https://www.tiktok.com/@birds.one/video/7301234567890123456?is_from_webapp=1&sender_device=pc https://m.tiktok.com/v/7301234567890123456.html https://www.tiktok.com/@birds.one/photo/7301234567890123456 https://www.tiktok.com/embed/v2/7301234567890123456
    YouTube: dQw4_9WgX-Q https://www.youtube.com/watch?v=dQw4_9WgX-Q&t=10s&feature=share https://youtu.be/dQw4_9WgX-Q?si=ab1 https://m.youtube.com/shorts/dQw4_9WgX-Q https://www.youtube.com/live/dQw4_9WgX-Q?feature=shared
    Telegram: birdmarket/1205 https://t.me/birdmarket/1205 https://t.me/s/BirdMarket/1205 https://telegram.me/birdmarket/1205?single https://t.me/birdmarket/3/1205
    Telegram: c/1234567890/88 https://t.me/c/1234567890/88 https://t.me/c/1234567890/88?thread=5 https://t.me/c/1234567890/5/88
    X: 1712345678901234567 https://x.com/trader/status/1712345678901234567?s=20 https://twitter.com/trader/status/1712345678901234567/photo/1 https://mobile.twitter.com/i/web/status/1712345678901234567
    Reddit: 1abcd2 https://www.reddit.com/r/snakes/comments/1abcd2/ball_python/?share_id=x https://old.reddit.com/r/snakes/comments/1abcd2/ https://redd.it/1abcd2 https://www.reddit.com/comments/1ABCD2
    Pinterest: 123456789012 https://www.pinterest.com/pin/123456789012/ https://pinterest.co.uk/pin/123456789012?nic_v3=1 https://www.pinterest.de/pin/horn-comb--123456789012/
    WhatsApp: 4915112345/6677 https://wa.me/p/4915112345/6677 https://wa.me/p/4915112345/6677?text=hi http://wa.me/p/4915112345/6677/
    Discord: 11111/22222/33333 https://discord.com/channels/11111/22222/33333 https://ptb.discord.com/channels/11111/22222/33333 https://discordapp.com/channels/11111/22222/33333
    VK: wall-123_456 https://vk.com/wall-123_456 https://m.vk.com/wall-123_456?from=group https://vk.com/birds?w=wall-123_456 https://vk.com/feed?w=wall-123_456%2Fall
    VK: product-123_789 https://vk.com/market-123?w=product-123_789 https://vk.com/product-123_789 https://vk.com/market/product/horn-comb-123-789
    Odnoklassniki: topic/5123/6789 https://ok.ru/group/5123/topic/6789 https://m.ok.ru/group/5123/topic/6789 https://ok.ru/group/5123/topic/6789?st.cmd=x
    WeChat: Ab_cD-12345 https://mp.weixin.qq.com/s/Ab_cD-12345 https://mp.weixin.qq.com/s/Ab_cD-12345?scene=1 http://mp.weixin.qq.com/s/Ab_cD-12345#rd
    Weibo: 1234567890/NxAbCd12 https://weibo.com/1234567890/NxAbCd12 https://www.weibo.com/1234567890/NxAbCd12?from=page https://weibo.com/1234567890/NxAbCd12#comment
    Baidu Tieba: 8123456789 https://tieba.baidu.com/p/8123456789 http://tieba.baidu.com/p/8123456789?pn=1 https://tieba.baidu.com/p/8123456789?lp=5028&mo_device=1
    Xiaohongshu: 64f0a1b2c3d4e5f601234567 https://www.xiaohongshu.com/explore/64f0a1b2c3d4e5f601234567?xsec_token=AB https://www.xiaohongshu.com/discovery/item/64f0a1b2c3d4e5f601234567 https://www.xiaohongshu.com/user/profile/5f00/64f0a1b2c3d4e5f601234567
    Douyin: 7301234567890123456 https://www.douyin.com/video/7301234567890123456 https://www.iesdouyin.com/share/video/7301234567890123456/?region=CN https://www.douyin.com/user/MS4w?modal_id=7301234567890123456
    Kuaishou: 3xabc12345 https://www.kuaishou.com/short-video/3xabc12345 https://www.kuaishou.com/short-video/3xabc12345?authorId=1 https://m.gifshow.com/fw/photo/3xabc12345
    Xianyu: 592843024804 http://2.taobao.com/item.htm?id=592843024804 https://www.goofish.com/item?id=592843024804&categoryId=50025461&spm=a21ybx https://h5.m.goofish.com/item?forceFlush=1&id=592843024804&ut_sk=1.a https://m.2.taobao.com/item.htm?spm=1&id=592843024804
    Taobao: 612345678901 https://item.taobao.com/item.htm?spm=a230r&id=612345678901&ns=1&abbucket=2 https://h5.m.taobao.com/awp/core/detail.htm?id=612345678901 https://world.taobao.com/item/612345678901.htm https://a.m.taobao.com/i612345678901.htm
    Tmall: 612345678902 https://detail.tmall.com/item.htm?id=612345678902&skuId=4 https://detail.m.tmall.com/item.htm?id=612345678902 https://world.tmall.com/item/612345678902.htm https://detail.tmall.hk/hk/item.htm?id=612345678902
    1688: 701234567890 https://detail.1688.com/offer/701234567890.html?spm=a26 https://m.1688.com/offer/701234567890.html https://detail.m.1688.com/page/index.html?offerId=701234567890
    JD: 100012345678 https://item.jd.com/100012345678.html https://item.m.jd.com/product/100012345678.html?utm_source=x https://item.m.jd.com/ware/view.action?wareId=100012345678
    Pinduoduo: 501234567 https://mobile.yangkeduo.com/goods.html?goods_id=501234567&page_from=39 https://mobile.yangkeduo.com/goods2.html?refer_page=a&goods_id=501234567 https://mobile.pinduoduo.com/goods.html?goods_id=501234567
    Zhuanzhuan: 1712345678901 https://m.zhuanzhuan.com/detail?infoId=1712345678901&from=x https://www.zhuanzhuan.com/detail?infoId=1712345678901 https://zhuanzhuan.58.com/detail?infoId=1712345678901
    58: 51234567890123 https://bj.58.com/huaniao/51234567890123x.shtml https://m.58.com/bj/huaniao/51234567890123x.shtml?from=list https://sh.58.com/gouwu/51234567890123x.shtml
    Ganji: 4123456789 https://bj.ganji.com/ershou/4123456789x.htm https://bj.ganji.com/gou/4123456789x.htm?from=a http://wap.ganji.com/bj/ershou/4123456789x.htm
    Kongfz: 12345/987654321 https://book.kongfz.com/12345/987654321/ http://book.kongfz.com/12345/987654321?mpf=x https://book.kongfz.com/12345/987654321/#pics
    Alibaba: 1600123456789 https://www.alibaba.com/product-detail/Horn-Comb_1600123456789.html?spm=a https://german.alibaba.com/product-detail/Hornkamm_1600123456789.html https://m.alibaba.com/product-detail/1600123456789.html
    AliExpress: 1005000001 https://www.aliexpress.com/item/1005000001.html?algo_pvid=aa https://th.aliexpress.com/item/1005000001.html?gatewayAdapt=glo2tha https://m.aliexpress.com/i/1005000001.html https://aliexpress.ru/item/Bangle/1005000001.html https://www.aliexpress.us/item/1005000001.html
    Weidian: 4512345678 https://weidian.com/item.html?itemID=4512345678&wfr=c https://shop123.v.weidian.com/item.html?itemID=4512345678 https://weidian.com/item.html?spider_token=1&itemID=4512345678
    Ruten: 21234567890123 https://www.ruten.com.tw/item/21234567890123/ https://goods.ruten.com.tw/item/21234567890123 https://www.ruten.com.tw/item/21234567890123/?_t=1
    Yahoo Auctions: 100123456789 https://tw.bid.yahoo.com/item/100123456789 https://tw.bid.yahoo.com/item/%E7%8E%89%E9%90%B2-100123456789 https://tw.bid.yahoo.com/item/ring-100123456789?bfe=1
    Carousell: 1200 https://www.carousell.sg/p/tusk-1200?t-id=a_1 https://www.carousell.sg/p/other-words-1200/?t-id=b_2 https://www.carousell.com.my/p/tusk-1200 https://id.carousell.com/p/1200
    Mudah: 98765432 https://www.mudah.my/horn-comb-98765432.htm https://www.mudah.my/other+words-98765432.htm?last=1 https://m.mudah.my/horn-comb-98765432.htm
    Shopee: 12345/67890 https://shopee.co.id/Horn-Comb-i.12345.67890?sp_atk=1&xptdk=2 https://shopee.co.id/product/12345/67890 https://shopee.co.id/Sisir-Tanduk-i.12345.67890 https://shopee.co.id/universal-link/product/12345/67890?smtt=0
    Lazada: 301234567 https://www.lazada.co.th/products/horn-comb-i301234567-s601234.html?spm=a https://www.lazada.co.th/products/i301234567.html https://www.lazada.co.th/products/pdp-i301234567-s7.html https://www.lazada.co.th/-i301234567.html
    Daraz: 401234567 https://www.daraz.pk/products/horn-comb-i401234567-s1601234.html?spm=a https://www.daraz.pk/products/i401234567.html https://www.daraz.pk/products/horn-i401234567.html
    Tokopedia: tokoone/sisir-tanduk-asli https://www.tokopedia.com/tokoone/sisir-tanduk-asli?extParam=ivf%3Dfalse https://m.tokopedia.com/tokoone/sisir-tanduk-asli/ https://www.tokopedia.com/TokoOne/sisir-tanduk-asli?src=topads
    Bukalapak: 4hkh1a https://www.bukalapak.com/p/hobi-koleksi/koleksi/4hkh1a-jual-sisir-tanduk?from=list https://m.bukalapak.com/p/hobi-koleksi/4hkh1a-jual-sisir https://www.bukalapak.com/p/hobi/antik/barang/4hkh1a-jual-tanduk
    OLX: 8kD2xZ https://www.olx.ua/d/uk/obyavlenie/grebin-ID8kD2xZ.html?reason=hp https://www.olx.ua/d/obyavlenie/greben-ID8kD2xZ.html https://m.olx.ua/obyavlenie/greben-CID42-ID8kD2xZ.html#a
    OLX: 1712345678 https://www.olx.in/item/horn-comb-iid-1712345678 https://www.olx.in/en-in/item/horn-iid-1712345678?isSearchCall=true https://www.olx.in/item/antiques-c5/comb-iid-1712345678
    Kaskus: product/5f00aa11bb22cc33dd44ee55 https://fjb.kaskus.co.id/product/5f00aa11bb22cc33dd44ee55/sisir https://www.kaskus.co.id/product/5f00aa11bb22cc33dd44ee55/sisir-tanduk?ref=a https://m.kaskus.co.id/product/5f00aa11bb22cc33dd44ee55
    Kaidee: 371465346 https://www.kaidee.com/product-371465346 https://rod.kaidee.com/product-371465346/ https://m.kaidee.com/product-371465346?ref=search https://www.kaidee.com/product-371465346/horn-comb
    Cho Tot: 112345678 https://www.chotot.com/mua-ban-thu-cung-quan-1/112345678.htm https://m.chotot.com/112345678.htm?utm=a https://xe.chotot.com/mua-ban-xe-may/112345678.htm#px=SR-stickyad
    Nhat Tao: 10123456 https://nhattao.com/threads/luoc-sung.10123456/ https://www.nhattao.com/threads/luoc.10123456/?ref=a https://nhattao.com/threads/luoc-sung.10123456/page-2
    Sendo: 23456789 https://www.sendo.vn/luoc-sung-23456789.html https://www.sendo.vn/luoc-sung-that-23456789.html?source_block_id=a https://m.sendo.vn/luoc-23456789.html
    Tiki: 54321678 https://tiki.vn/luoc-sung-p54321678.html?spid=1 https://tiki.vn/luoc-p54321678.html https://tiki.vn/luoc-sung-p54321678.html?src=ss-organic
    Khmer24: 9123456 https://www.khmer24.com/en/horn-comb-adid-9123456 https://www.khmer24.com/horn-comb-adid-9123456.html https://m.khmer24.com/km/comb-adid-9123456
    IndiaMART: 2851234567 https://www.indiamart.com/proddetail/horn-comb-2851234567.html https://m.indiamart.com/proddetail/horn-comb-2851234567.html?pos=1 https://www.indiamart.com/proddetail/2851234567.html
    Bikroy: horn-comb-for-sale-dhaka-3 https://bikroy.com/en/ad/horn-comb-for-sale-dhaka-3 https://bikroy.com/bn/ad/horn-comb-for-sale-dhaka-3 https://www.bikroy.com/ad/horn-comb-for-sale-dhaka-3?login=1
    ikman: horn-comb-for-sale-kandy-4 https://ikman.lk/en/ad/horn-comb-for-sale-kandy-4 https://ikman.lk/si/ad/horn-comb-for-sale-kandy-4 https://www.ikman.lk/ad/horn-comb-for-sale-kandy-4?a=1
    Hamrobazaar: 1a8657be4c084b33b65dd264fa9361d5 https://hamrobazaar.com/antiques/horn-comb/1a8657be4c084b33b65dd264fa9361d5 https://www.hamrobazaar.com/antiques/comb/1a8657be4c084b33b65dd264fa9361d5?ref=a https://hamrobazaar.com/hobbies/antiques/comb/1a8657be4c084b33b65dd264fa9361d5
    Avito: 3012345678 https://www.avito.ru/moskva/kollektsionirovanie/greben_3012345678?context=H4s https://m.avito.ru/moskva/kollektsionirovanie/greben_iz_roga_3012345678 https://www.avito.ru/3012345678 https://avito.ru/items/3012345678
    Youla: 5f3e0a1b2c3d4e5f60718293 https://youla.ru/moskva/hobbi/greben-5f3e0a1b2c3d4e5f60718293 https://m.youla.ru/moskva/hobbi/greben-iz-roga-5f3e0a1b2c3d4e5f60718293?a=1 https://youla.ru/p5f3e0a1b2c3d4e5f60718293
    Meshok: 312345678 https://meshok.net/item/312345678_%D0%B3%D1%80%D0%B5%D0%B1%D0%B5%D0%BD%D1%8C https://meshok.net/en/item/312345678_comb https://meshok.net/item/312345678
    Drom: 98765432 https://baza.drom.ru/moskva/greben-98765432.html https://baza.drom.ru/vladivostok/kollekcii/greben-iz-roga-98765432.html?from=a https://baza.drom.ru/98765432.html
    FarPost: 98765431 https://www.farpost.ru/vladivostok/greben-98765431.html https://www.farpost.ru/vladivostok/collections/greben-iz-roga-98765431.html https://m.farpost.ru/vladivostok/greben-98765431.html?x=1
    Dubizzle: 198765432 https://www.dubizzle.com.eg/en/ad/horn-comb-ID198765432.html https://www.dubizzle.com.eg/ad/horn-comb-ID198765432.html?ref=a https://www.dubizzle.com.eg/ad/comb-ID198765432.html
    OpenSooq: 270931063 https://jo.opensooq.com/ar/search/270931063 https://jo.opensooq.com/en/search/270931063/horn-comb https://www.opensooq.com/ar/search/270931063?source=a
    Haraj: 11176430489 https://haraj.com.sa/11176430489/%D9%85%D8%B4%D8%B7/ https://haraj.com.sa/11176430489 https://haraj.com.sa/en/11176430489/comb?ref=a
    Avito Maroc: 56123456 https://www.avito.ma/fr/casablanca/antiquites/peigne_56123456.htm https://www.avito.ma/fr/casablanca/peigne_en_corne_56123456.htm?a=1 https://www.avito.ma/vi/56123456.htm
    Ouedkniss: 40123456 https://www.ouedkniss.com/antiquites-peigne-alger-d40123456 https://www.ouedkniss.com/peigne-d40123456?ref=a https://www.ouedkniss.com/xxx-d40123456
    Tayara: 685142a00e1c20e3eb0bf206 https://www.tayara.tn/item/685142a00e1c20e3eb0bf206/ https://www.tayara.tn/item/685142a00e1c20e3eb0bf206/antiquites/peigne/ https://tayara.tn/fr/item/685142a00e1c20e3eb0bf206?a=1
    sahibinden: 1112345678 https://www.sahibinden.com/ilan/antika-tarak-1112345678/detay https://m.sahibinden.com/ilan/boynuz-tarak-1112345678/detay?a=1 https://www.sahibinden.com/ilan/1112345678/detay
    letgo: 1623456789 https://www.letgo.com/item/tarak-iid-1623456789 https://www.letgo.com/tr-tr/item/boynuz-tarak-iid-1623456789 https://letgo.com/item/tarak-iid-1623456789?a=1
    Hepsiburada: HBCV00001ABCDE https://www.hepsiburada.com/boynuz-tarak-p-HBCV00001ABCDE https://www.hepsiburada.com/tarak-pm-HBCV00001ABCDE?magaza=a https://m.hepsiburada.com/tarak-p-hbcv00001abcde
    Trendyol: 123456789 https://www.trendyol.com/marka/boynuz-tarak-p-123456789?boutiqueId=61 https://m.trendyol.com/marka/tarak-p-123456789 https://www.trendyol.com/en/marka/tarak-p-123456789
    Divar: gZxY12_3 https://divar.ir/v/%D8%B4%D8%A7%D9%86%D9%87/gZxY12_3 https://divar.ir/v/shaneh/gZxY12_3?a=1 https://divar.ir/v/gZxY12_3
    Yad2: ab12cd34 https://www.yad2.co.il/item/ab12cd34 https://www.yad2.co.il/products/item/ab12cd34?opened-from=feed https://m.yad2.co.il/vehicles/item/ab12cd34
    Jiji: kBXa4ZQ0iNR2uQ1JQhp9Z8Vb https://jiji.ng/lagos/hobbies/horn-comb-kBXa4ZQ0iNR2uQ1JQhp9Z8Vb.html?page=1&pos=2&cur_pos=2 https://jiji.ng/ikeja/arts/comb-kBXa4ZQ0iNR2uQ1JQhp9Z8Vb.html https://m.jiji.ng/ikeja/arts/comb-kBXa4ZQ0iNR2uQ1JQhp9Z8Vb.html#a
    Jumia: 87654321 https://www.jumia.com.ng/horn-comb-87654321.html https://www.jumia.com.ng/generic-horn-comb-mpg87654321.html https://www.jumia.com.ng/comb-87654321.html?a=1
    Konga: 5432167 https://www.konga.com/product/horn-comb-5432167 https://www.konga.com/product/comb-5432167?k_id=1 https://konga.com/product/comb-5432167
    PigiaMe: 5678901 https://www.pigiame.co.ke/listings/horn-comb-5678901 https://www.pigiame.co.ke/listings/comb-5678901?a=1 https://pigiame.co.ke/listings/comb-5678901/
    Gumtree: 1412345678 https://www.gumtree.com/p/collectables/horn-comb/1412345678 https://m.gumtree.com/p/antiques/comb/1412345678?a=1 https://www.gumtree.com/p/comb/1412345678
    Gumtree: 10011054189371010883949609 https://www.gumtree.co.za/a-road-bikes/fourways/comb/10011054189371010883949609 https://www.gumtree.co.za/a-antiques/randburg/horn+comb/10011054189371010883949609?a=1 http://m.gumtree.co.za/a-road-bikes/fourways/comb/10011054189371010883949609
    Bike Hub: 555084 https://bikehub.co.za/classifieds/item/road-bikes/555084/trek-1400 https://bikehub.co.za/classifieds/item/road/complete/555084/trek?a=1 https://www.bikehub.co.za/classifieds/item/road-bikes/555084/other
    bidorbuy: 612345678 https://www.bidorbuy.co.za/item/612345678/Horn_comb.html https://www.bobshop.co.za/horn/item/612345678 https://www.bobshop.co.za/item/612345678/Other.html
    Trade Me: 4412345678 https://www.trademe.co.nz/a/marketplace/antiques/other/listing/4412345678?rsqid=a https://www.trademe.co.nz/4412345678 https://www.trademe.co.nz/Browse/Listing.aspx?id=4412345678 https://www.trademe.co.nz/antiques/auction-4412345678.htm
    Preloved: 123456789 https://www.preloved.co.uk/adverts/show/123456789/horn-comb.html https://www.preloved.co.uk/adverts/show/123456789/other.html?a=1 https://preloved.co.uk/adverts/show/123456789
    Pets4Homes: 4123456 https://www.pets4homes.co.uk/classifieds/4123456-tortoise-london.html https://www.pets4homes.co.uk/classifieds/4123456-two-tortoises/ https://m.pets4homes.co.uk/classifieds/4123456-tortoise?a=1
    Shpock: WkAbC123 https://www.shpock.com/en-gb/i/WkAbC123/horn-comb https://www.shpock.com/de-de/i/WkAbC123/hornkamm https://www.shpock.com/i/WkAbC123
    leboncoin: 2412345678 https://www.leboncoin.fr/ad/collection/2412345678 https://www.leboncoin.fr/vi/2412345678.htm?ca=12_s https://www.leboncoin.fr/collection/2412345678.htm https://www.leboncoin.fr/ad/decoration/2412345678?a=1
    Kleinanzeigen: 2712345678 https://www.kleinanzeigen.de/s-anzeige/hornkamm/2712345678-234-5678 https://m.kleinanzeigen.de/s-anzeige/2712345678 https://www.ebay-kleinanzeigen.de/s-anzeige/alter-kamm/2712345678-234-9
    Quoka: 268450123 https://www.quoka.de/antik/kaemme/c2345a268450123/hornkamm.html https://www.quoka.de/antik/c99a268450123/kamm.html https://quoka.de/antik/kaemme/c2345a268450123/alter-kamm.html?a=1
    markt.de: 7d3c0c71 https://www.markt.de/berlin/antik/hornkamm/a/7d3c0c71/ https://www.markt.de/antik/kamm/a/7d3c0c71 https://m.markt.de/berlin/antik/hornkamm/a/7d3c0c71/?a=1
    willhaben: 712345678 https://www.willhaben.at/iad/kaufen-und-verkaufen/d/hornkamm-712345678/ https://www.willhaben.at/iad/kaufen-und-verkaufen/d/alter-kamm-712345678?a=1 https://www.willhaben.at/iad/object?adId=712345678
    Ricardo: 1212345678 https://www.ricardo.ch/de/a/hornkamm-1212345678/ https://www.ricardo.ch/fr/a/peigne-1212345678/?a=1 https://www.ricardo.ch/de/a/1212345678/
    tutti: 65432198 https://www.tutti.ch/de/vi/zuerich/antik/hornkamm/65432198 https://www.tutti.ch/fr/vi/geneve/antiquites/peigne/65432198 https://www.tutti.ch/vi/65432198
    anibis: 45678912 https://www.anibis.ch/de/d/hornkamm-45678912 https://www.anibis.ch/fr/d/peigne-45678912?a=1 https://www.anibis.ch/de/vi/zuerich/antik/hornkamm/45678912
    Marktplaats: m2123456789 https://www.marktplaats.nl/v/antiek/kammen/m2123456789-hoornen-kam https://www.marktplaats.nl/v/antiek/overige/m2123456789-kam?previousPage=lr https://link.marktplaats.nl/m2123456789
    2dehands: m2023456789 https://www.2dehands.be/v/antiek/kammen/m2023456789-hoornen-kam https://www.2ememain.be/v/antiquites/peignes/m2023456789-peigne https://link.2dehands.be/m2023456789
    Catawiki: 81234567 https://www.catawiki.com/en/l/81234567-horn-comb https://www.catawiki.com/de/l/81234567-hornkamm?a=1 https://www.catawiki.com/l/81234567
    Delcampe: 1812345678 https://www.delcampe.net/en_GB/collectibles/combs/horn-comb-1812345678.html https://www.delcampe.net/de/sammlerobjekte/hornkamm-1812345678.html https://www.delcampe.net/en/collectibles/comb-1812345678.html?a=1
    Subito: 512345678 https://www.subito.it/collezionismo/pettine-roma-512345678.htm https://www.subito.it/hobby/pettine-di-corno-512345678.htm?a=1 https://m.subito.it/vi/512345678.htm
    Milanuncios: 512345679 https://www.milanuncios.com/antiguedades/peine-512345679.htm https://www.milanuncios.com/coleccionismo/peine-de-cuerno-512345679.htm https://m.milanuncios.com/antiguedades/peine-512345679.htm?a=1
    Wallapop: 912345678 https://es.wallapop.com/item/peine-912345678 https://it.wallapop.com/item/pettine-912345678?searchPosition=3 https://p.wallapop.com/i/912345678
    todocoleccion: 312345670 https://www.todocoleccion.net/antiguedades/peine~x312345670 https://www.todocoleccion.net/peines/peine-de-cuerno~x312345670#sobre_el_lote https://en.todocoleccion.net/antiguedades/peine~x312345670
    Vinted: 3812345678 https://www.vinted.fr/items/3812345678-peigne?referrer=catalog https://www.vinted.de/items/3812345678-kamm https://www.vinted.com/items/3812345678 https://www.vinted.co.uk/items/3812345678-comb
    Depop: shop-one-horn-comb-9f2a https://www.depop.com/products/shop-one-horn-comb-9f2a/ https://depop.com/products/Shop-One-horn-comb-9f2a?a=1 https://www.depop.com/de/products/shop-one-horn-comb-9f2a/
    Blocket: 1012345678 https://www.blocket.se/annons/stockholm/hornkam/1012345678 https://www.blocket.se/annons/1012345678?a=1 https://www.blocket.se/recommerce/forsale/item/1012345678
    FINN: 312345671 https://www.finn.no/bap/forsale/ad.html?finnkode=312345671&ci=2 https://www.finn.no/recommerce/forsale/item/312345671 https://m.finn.no/312345671 https://www.finn.no/bap/ad.html?ref=a&finnkode=312345671
    DBA: 1101234567 https://www.dba.dk/hornkam-antik/id-1101234567/ https://www.dba.dk/kam/id-1101234567/?a=1 https://www.dba.dk/recommerce/forsale/item/1101234567
    Tori: 31234567 https://www.tori.fi/recommerce/forsale/item/31234567 https://www.tori.fi/recommerce/forsale/item/31234567?a=1 https://m.tori.fi/recommerce/forsale/item/31234567/
    Tradera: 612345670 https://www.tradera.com/item/1234/612345670/hornkam https://www.tradera.com/en/item/1234/612345670/horn-comb?a=1 https://www.tradera.com/item/612345670
    Allegro: 14123456789 https://allegro.pl/oferta/grzebien-rogowy-14123456789 https://allegro.pl/oferta/stary-grzebien-14123456789?bi_s=ads https://allegro.pl/produkt/grzebien-1f2e?offerId=14123456789
    Bazos: 191234567 https://zvirata.bazos.cz/inzerat/191234567/hreben.php https://ostatni.bazos.cz/inzerat/191234567/rohovy-hreben.php?a=1 https://www.bazos.cz/inzerat/191234567/
    Aukro: 7012345678 https://aukro.cz/rohovy-hreben-7012345678 https://aukro.cz/hreben-7012345678?a=1 https://www.aukro.cz/stary-hreben-7012345678
    Sbazar: 212345678 https://www.sbazar.cz/prodejce/detail/212345678-hreben https://www.sbazar.cz/prodejce/detail/212345678-rohovy-hreben?a=1 https://sbazar.cz/jiny/detail/212345678-hreben
    jofogas: 151234567 https://www.jofogas.hu/budapest/Szarufesu_151234567.htm https://www.jofogas.hu/pest/Regi_fesu_151234567.htm?a=1 https://m.jofogas.hu/budapest/Szarufesu_151234567.htm
    Njuskalo: 43123456 https://www.njuskalo.hr/antikviteti/cesalj-oglas-43123456 https://www.njuskalo.hr/ostalo/stari-cesalj-oglas-43123456?a=1 https://njuskalo.hr/antikviteti/cesalj-oglas-43123456
    Adverts.ie: 34123456 https://www.adverts.ie/antiques/horn-comb/34123456 https://www.adverts.ie/other/comb/34123456?a=1 https://m.adverts.ie/antiques/horn-comb/34123456
    DoneDeal: 36123456 https://www.donedeal.ie/antiques-for-sale/horn-comb/36123456 https://www.donedeal.ie/antiques-for-sale/comb/36123456?campaign=3 https://donedeal.ie/antiques-for-sale/comb/36123456
    Mercado Libre: MLA1123456789 https://articulo.mercadolibre.com.ar/MLA-1123456789-peine-de-cuerno-_JM#position=3&type=item&tracking_id=a https://articulo.mercadolibre.com.ar/MLA-1123456789-peine-_JM?searchVariation=1 https://www.mercadolibre.com.ar/peine/p/MLA99?wid=MLA1123456789
    Segundamano: 938123456 https://www.segundamano.mx/anuncios/ciudad/peine-938123456 https://www.segundamano.mx/anuncios/otra/viejo-peine-938123456?a=1 https://segundamano.mx/anuncios/peine-938123456
    craigslist: 7712345678 https://newyork.craigslist.org/mnh/atq/d/new-york-horn-comb/7712345678.html https://newyork.craigslist.org/atq/7712345678.html https://sfbay.craigslist.org/sfc/atq/d/comb/7712345678.html?lang=es
    Poshmark: 678844890a60d548f170ef10 https://poshmark.com/listing/Ring-678844890a60d548f170ef10 https://poshmark.com/listing/Old-Ring-678844890a60d548f170ef10?utm_source=gdm https://poshmark.ca/listing/Ring-678844890a60d548f170ef10
    Ruby Lane: 398016-14548 https://www.rubylane.com/item/398016-14548/Brass-Lamp?search=1&t=690a3d93 https://www.rubylane.com/item/398016-14548/Other https://rubylane.com/item/398016-14548
    1stDibs: f_12345678 https://www.1stdibs.com/furniture/combs/horn-comb/id-f_12345678/ https://www.1stdibs.com/furniture/other/id-f_12345678/?a=1 https://www.1stdibs.co.uk/furniture/combs/horn-comb/id-f_12345678/
    MorphMarket: 1263712 https://www.morphmarket.com/us/c/amphibians/frogs/other-dart-frogs/1263712 https://www.morphmarket.com/eu/c/amphibians/frogs/1263712?ref=a https://morphmarket.com/c/reptiles/lizards/1263712
    FaunaClassifieds: 812345 https://www.faunaclassifieds.com/forums/threads/two-tortoises.812345/ https://www.faunaclassifieds.com/forums/showthread.php?t=812345 https://faunaclassifieds.com/forums/threads/tortoises.812345/?a=1
    OfferUp: 1512345678 https://offerup.com/item/detail/1512345678 https://offerup.com/item/detail/1512345678/horn-comb https://www.offerup.com/item/detail/1512345678?a=1
    Mercari: m12345678901 https://www.mercari.com/us/item/m12345678901/ https://www.mercari.com/item/m12345678901?ref=a https://mercari.com/us/item/M12345678901/
    jp.mercari.com: m98765432101 https://jp.mercari.com/item/m98765432101 https://jp.mercari.com/en/item/m98765432101?ref=a https://www.mercari.com/jp/items/m98765432101/ https://item.mercari.com/jp/m98765432101/
    LiveAuctioneers: 162345678 https://www.liveauctioneers.com/item/162345678_horn-comb https://www.liveauctioneers.com/item/162345678_other?a=1 https://www.liveauctioneers.com/item/162345678
    Invaluable: horn-comb-123-c-9f8e7d6c5b https://www.invaluable.com/auction-lot/horn-comb-123-c-9f8e7d6c5b https://www.invaluable.com/auction-lot/horn-comb-123-c-9f8e7d6c5b?a=1 https://invaluable.com/auction-lot/Horn-Comb-123-c-9f8e7d6c5b/
    the-saleroom: 1a2b3c4d-aaaa-bbbb-cccc-1234567890ab https://www.the-saleroom.com/en-gb/auction-catalogues/house/catalogue-id-sr1/lot-1a2b3c4d-aaaa-bbbb-cccc-1234567890ab https://www.the-saleroom.com/en-us/auction-catalogues/house/catalogue-id-sr1/lot-1a2b3c4d-aaaa-bbbb-cccc-1234567890ab https://www.the-saleroom.com/auction-catalogues/house/catalogue-id-sr1/lot-1a2b3c4d-aaaa-bbbb-cccc-1234567890ab?a=1
    Bonanza: 812345678 https://www.bonanza.com/listings/Horn-Comb/812345678 https://www.bonanza.com/listings/Comb/812345678?search=a https://bonanza.com/listings/812345678
    GunBroker: 1012345679 https://www.gunbroker.com/item/1012345679 https://www.gunbroker.com/item/1012345679?a=1 http://m.gunbroker.com/item/1012345679/
    Temu: 601099512345678 https://www.temu.com/horn-comb-g-601099512345678.html?top_gallery_url=a https://www.temu.com/uk/comb-g-601099512345678.html https://us.temu.com/comb-g-601099512345678.html
    Kijiji: 1712345670 https://www.kijiji.ca/v-art-collectibles/city-of-toronto/horn-comb/1712345670 https://www.kijiji.ca/v-antiques/ottawa/comb/1712345670?a=1 https://www.kijiji.ca/v-view-details.html?adId=1712345670
    Yahoo Auctions: x1123456789 https://page.auctions.yahoo.co.jp/jp/auction/x1123456789 https://auctions.yahoo.co.jp/jp/auction/x1123456789?a=1 https://page5.auctions.yahoo.co.jp/jp/auction/X1123456789
    PayPay Flea Market: z412345678 https://paypayfleamarket.yahoo.co.jp/item/z412345678 https://paypayfleamarket.yahoo.co.jp/item/z412345678?a=1 http://paypayfleamarket.yahoo.co.jp/item/z412345678/
    Rakuten: shop-one/kushi-01 https://item.rakuten.co.jp/shop-one/kushi-01/ https://item.rakuten.co.jp/shop-one/kushi-01?s-id=a http://item.rakuten.co.jp/Shop-One/kushi-01/
    Rakuma: 0a1b2c3d4e5f60718293a4b5c6d7e8f9 https://item.fril.jp/0a1b2c3d4e5f60718293a4b5c6d7e8f9 https://item.fril.jp/0a1b2c3d4e5f60718293a4b5c6d7e8f9?a=1 http://item.fril.jp/0a1b2c3d4e5f60718293a4b5c6d7e8f9/
    Bunjang: 212345670 https://m.bunjang.co.kr/products/212345670 https://m.bunjang.co.kr/products/212345670?q=a&ref=b https://www.bunjang.co.kr/products/212345670
    Joongna: 152345678 https://web.joongna.com/product/152345678 https://m.joongna.com/product/detail/152345678 https://web.joongna.com/product/152345678?a=1
    Daangn: 1jzqm8pb5ieb https://www.daangn.com/kr/buy-sell/trading-card-1jzqm8pb5ieb/ https://www.daangn.com/kr/buy-sell/%EB%B9%97-1jzqm8pb5ieb/?in=a https://www.daangn.com/buy-sell/card-1jzqm8pb5ieb
    Unegui: 7123456 https://www.unegui.mn/adv/7123456_ever-sam/ https://www.unegui.mn/adv/7123456_sam/?a=1 https://www.unegui.mn/adv/7123456/
    Lalafo: 102345678 https://lalafo.kg/bishkek/ads/greben-id-102345678 https://lalafo.kg/osh/ads/staryj-greben-id-102345678?a=1 https://m.lalafo.kg/bishkek/ads/greben-id-102345678
    Kufar: 212345671 https://www.kufar.by/item/212345671 https://www.kufar.by/item/212345671?rank=1&searchId=a https://auto.kufar.by/vi/avtomobili/212345671
    MyAuto: 98123456 https://www.myauto.ge/ka/pr/98123456/savarcxeli https://www.myauto.ge/en/pr/98123456/comb?a=1 https://www.myauto.ge/ru/pr/98123456
    List.am: 20123456 https://www.list.am/en/item/20123456 https://www.list.am/ru/item/20123456?ld_src=2 https://www.list.am/item/20123456
    """
}
