/** Frequent Chinese surnames of one character, simplified: the inside of a character class. */
export const frequentSurnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵' +
  '万覃武钱戴严莫孔向汤康易乔文施辛柯庄殷牛温樊葛邢安齐倪伍鲁岳翟俞章申盛詹关耿焦柳霍滕游翁包左祝尤纪梅柴甘欧裴阮凌冉饶涂管符聂祁路季童毕艾华苗尚成靳骆曲鲍庞蓝蒲谷解喻屈宁单';

/** Frequent surnames of two characters, simplified: alternatives. */
export const doubleSurnames = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟';
